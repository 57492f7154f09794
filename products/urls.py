from django.urls import path

from products.views import checks, dossiers, evidence, filling, lists, producers, products, scores

app_name = "products"
urlpatterns = [
    path("producers/", lists.producer_list, name="producers"),
    path("producers/register/", producers.register, name="register"),
    path("producers/new/", producers.producer_create, name="producer_create"),
    path("producers/<int:pk>/", producers.producer_detail, name="producer"),
    path("producers/<int:pk>/edit/", producers.producer_edit, name="producer_edit"),
    path("producers/<int:pk>/personal/", producers.producer_personal, name="producer_personal"),
    path("producers/<int:pk>/steps/<slug:name>/", producers.producer_step, name="producer_step"),
    path("producers/<int:pk>/products/new/", products.product_create, name="product_create"),
    path("products/", lists.product_list, name="products"),
    path("products/<int:pk>/", products.product_detail, name="product"),
    path("products/<int:pk>/edit/", products.product_edit, name="product_edit"),
    path("products/<int:pk>/dossiers/new/", dossiers.dossier_start, name="dossier_start"),
    path("dossiers/", lists.dossier_list, name="dossiers"),
    path("dossiers/<int:pk>/", dossiers.dossier_detail, name="dossier"),
    path("dossiers/<int:pk>/review/", dossiers.dossier_review, name="review"),
    path("dossiers/<int:pk>/steps/<slug:name>/", dossiers.dossier_step, name="dossier_step"),
    path("dossiers/<int:pk>/versions/<int:number>/", dossiers.receipt, name="receipt"),
    path("dossiers/<int:pk>/sections/<slug:key>/", filling.section, name="section"),
    path("dossiers/<int:pk>/score/", scores.score, name="score"),
    path("dossiers/<int:pk>/score/<str:code>/", scores.criterion, name="criterion"),
    path("dossiers/<int:pk>/evidence/", evidence.evidence_list, name="evidence"),
    path("dossiers/<int:pk>/evidence/<int:paper>/", evidence.evidence_edit, name="evidence_edit"),
    path("dossiers/<int:pk>/evidence/<int:paper>/remove/", evidence.evidence_remove, name="evidence_remove"),
    path("dossiers/<int:pk>/evidence/<int:paper>/reuse/", evidence.evidence_reuse, name="evidence_reuse"),
    path("dossiers/<int:pk>/check/", checks.check, name="check"),
    path("dossiers/<int:pk>/findings/", checks.findings, name="findings"),
    path("evidence/<int:pk>/", evidence.evidence_view, name="evidence_view"),
    path("evidence/<int:pk>/file/", evidence.evidence_file, name="evidence_file"),
    path("evidence/<int:pk>/pages/<int:number>.png", evidence.evidence_page, name="evidence_page"),
    path(
        "evidence/<int:pk>/pages/<int:number>.jpg",
        evidence.evidence_page,
        {"kind": "JPEG"},
        name="evidence_page_jpeg",
    ),
]
