import os, pytest, datetime as dt
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"
from playwright.sync_api import sync_playwright
from django.utils import timezone
from ocop.tenancy.scope import tenant_scope
from ocop.orgs.models import OrgUnit, User
from products.models import *
from tests import factories
@pytest.mark.django_db(transaction=True)
def test_shots(transactional_db, live_server, signed_in):
    t = factories.make_tenant("lai-chau","Tỉnh Lai Châu",code="12")
    with tenant_scope(t.pk):
        factories.make_units(t)
        c = OrgUnit.objects.get(name="Xã Mường So")
        o = factories.make_user("chuthe.xuan","Lò Thị Xuân")
        p = factories.make_producer(c, name="Hợp tác xã Sản xuất, kinh doanh và dịch vụ nông nghiệp tổng hợp Mường So", owner=o)
        d = factories.make_complete_dossier(c, producer=p, owner=o, set_code="QD26-11", name="Chè Shan tuyết cổ thụ Mường So, hộp 200 g", points="half")
        from products.filling import save_section
        save_section(d,"plan",{"goals":""},by=o); save_section(d,"business",{"market":"","revenue":"","profit":"","revenue_before":""},by=o)
        s = factories.make_complete_dossier(c, state="submitted", producer=p, owner=o, name="Gạo Séng Cù Mường So", set_code="QD26-03", on=timezone.localdate()-dt.timedelta(days=18))
        r = factories.make_complete_dossier(c, state="returned", producer=p, owner=o, name="Măng khô Mường So", set_code="QD26-07")
        off = factories.officer_of(c)
    jobs = {o: {"home":f"dossiers/{d.pk}/","section":f"dossiers/{d.pk}/sections/business/","general":f"dossiers/{d.pk}/sections/general/","criterion":f"dossiers/{d.pk}/score/3.5/","score":f"dossiers/{d.pk}/score/","evidence":f"dossiers/{d.pk}/evidence/","review":f"dossiers/{d.pk}/review/","returned":f"dossiers/{r.pk}/","receipt":f"dossiers/{s.pk}/versions/1/","producer":f"producers/{p.pk}/","start":f"products/{d.product_id}/dossiers/new/","product_new":f"producers/{p.pk}/products/new/"},
            off: {"list":"dossiers/","check":f"dossiers/{s.pk}/check/","findings":f"dossiers/{s.pk}/findings/","submitted":f"dossiers/{s.pk}/"}}
    out="/tmp/prodw/shots"; os.makedirs(out, exist_ok=True)
    from axe_playwright_python.sync_playwright import Axe
    bad={}
    with sync_playwright() as pw:
        b = pw.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for user, pages in [*jobs.items(), (None, {"register":"producers/register/"})]:
            ctx = b.new_context(locale="vi-VN")
            if user:
                cl = signed_in(user); ck = cl.cookies["sessionid"].value
                ctx.add_cookies([{"name":"sessionid","value":ck,"url":live_server.url}])
            pg = ctx.new_page()
            errs=[]; pg.on("console", lambda m: errs.append(m.text) if m.type=="error" else None); pg.on("pageerror", lambda e: errs.append(str(e)))
            for name, url in pages.items():
                for w in (360,1280):
                    pg.set_viewport_size({"width":w,"height":800}); pg.goto(f"{live_server.url}/lai-chau/{url}"); pg.wait_for_timeout(300)
                    pg.screenshot(path=f"{out}/{name}-{w}.png", full_page=True)
                    over = pg.evaluate("document.documentElement.scrollWidth > innerWidth")
                    if over: bad[f"{name}-{w}"]="overflow"
                res = Axe().run(pg, options={"runOnly":["wcag2a","wcag2aa","wcag21aa","wcag22aa"]})
                if res.violations_count: bad[name]=[(v["id"],[n["html"][:140] for n in v["nodes"][:3]]) for v in res.response["violations"]]
            print("console", user, errs[:6])
            if user and user.pk==o.pk:
                pg.goto(f"{live_server.url}/lai-chau/dossiers/{d.pk}/sections/business/")
                pg.fill("#id_market","Chợ phiên Mường So"); pg.wait_for_timeout(2500)
                print("saved:", pg.inner_text(".field:has(#id_market) .saved"))
                other = ctx.new_page(); other.goto(pg.url); other.fill("#id_market","Từ máy khác"); other.wait_for_timeout(2500)
                pg.fill("#id_market","Của tôi"); pg.wait_for_timeout(2500)
                pg.set_viewport_size({"width":360,"height":800}); pg.screenshot(path=f"{out}/clash-360.png", full_page=True)
                print("clash:", pg.locator("[data-clash]").count(), pg.inner_text(".field:has(#id_market) .saved"))
                pg.click("[data-keep]"); pg.wait_for_timeout(1500); print("kept:", pg.inner_text(".field:has(#id_market) .saved"))
                pg.goto(f"{live_server.url}/lai-chau/dossiers/{d.pk}/score/3.5/"); before=pg.inner_text("[data-tally]")
                pg.check("input[name=points] >> nth=-1"); pg.wait_for_timeout(2500); print("tally:", before[:20].replace("\n"," "),"->", pg.inner_text("[data-tally]")[:20].replace("\n"," "), pg.inner_text(".saved >> nth=0"))
        b.close()
    for k,v in bad.items(): print("BAD",k,v)
