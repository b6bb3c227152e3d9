#!/usr/bin/env bash
# Makes the secrets that docker/compose.yml reads, where they are not there yet, in docker/secrets/ (not in git).
set -euo pipefail
umask 077
folder=${1:-$(cd "$(dirname "$0")" && pwd)/secrets}
mkdir -p "$folder"
make() { # NAME VALUE
  [ -e "$folder/$1" ] && return
  printf '%s\n' "$2" >"$folder/$1"
  chmod 444 "$folder/$1" # read by the user of the container; the folder keeps others out
  echo "made $folder/$1"
}
random() { head -c 32 /dev/urandom | base64 | tr -d '+/=\n'; }
make postgres_password "$(random)"
make database_url "postgresql://faxian:$(cat "$folder/postgres_password")@postgres:5432/faxian"
make identity_key "$(random)"
# Of channels and sign-in that you have; empty means that they are off.
for name in wechat_secret wechat_token wechat_aes_key weibo_secret weibo_token oidc_client_secret; do make "$name" ""; done
