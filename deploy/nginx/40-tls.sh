#!/bin/sh
# TLS where its folder holds certificates; the image runs this before nginx.
set -eu
folder=${1:-/etc/nginx}
rm -f "$folder/ocop/tls.conf"
if [ -f "$folder/tls/fullchain.pem" ] && [ -f "$folder/tls/privkey.pem" ]; then
    cat > "$folder/ocop/tls.conf" <<CONF
listen 443 ssl default_server;
http2 on;
ssl_certificate $folder/tls/fullchain.pem;
ssl_certificate_key $folder/tls/privkey.pem;
ssl_protocols TLSv1.2 TLSv1.3;
ssl_session_cache shared:tls:10m;
ssl_session_timeout 1d;
CONF
fi
