#!/usr/bin/env bash
# Usage: scripts/bare_check.sh [--keep]    Runs run.sh and test.sh, each twice, on a clean clone in a bare Debian 12. Needs root, debootstrap.
# The mirror and the apt settings (proxy, certificates) are those of this machine. --keep leaves the system for a look.
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."
keep=false
case ${1-} in
  "") ;;
  --keep) keep=true ;;
  *) sed -n 's/^# Usage: /usage: /p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
[ "$(id -u)" -eq 0 ] || { echo "bare_check.sh: needs root" >&2; exit 1; }
command -v debootstrap > /dev/null || { echo "bare_check.sh: needs debootstrap" >&2; exit 1; }

root=$(mktemp -d)
clean_up() {
  # Nothing is removed as long as something of the host is mounted below.
  for folder in proc dev; do
    if mountpoint -q "$root/$folder"; then umount -R "$root/$folder" || return; fi
  done
  if $keep; then echo "left: $root"; else rm -rf --one-file-system "$root"; fi
}
trap clean_up EXIT

mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' | head -n 1)
echo "system: bookworm from ${mirror:=http://deb.debian.org/debian}"
debootstrap --variant=minbase bookworm "$root" "$mirror" > "$root.log" 2>&1 || { tail -n 20 "$root.log"; exit 1; }
rm -rf "$root.log" "$root"/var/lib/apt/lists/*
rm -rf "$root/etc/apt/sources.list"
cp -a /etc/apt/. "$root/etc/apt/"
if [ -e /etc/resolv.conf ]; then cp -L /etc/resolv.conf "$root/etc/resolv.conf"; fi
git clone -q --no-hardlinks . "$root/root/nutgraf"
mount -t proc proc "$root/proc"
mount --rbind --make-rslave /dev "$root/dev"

proxies=()
for variable in http_proxy https_proxy no_proxy; do
  if [ -n "${!variable-}" ]; then proxies+=("$variable=${!variable}"); fi
done
results=()
code=0
# LABEL COMMAND...
step() {
  local label=$1 status=0
  shift
  echo "==== $label"
  local start=$SECONDS
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
    ${proxies[@]+"${proxies[@]}"} chroot "$root" "$@" < /dev/null || status=$?
  results+=("$(printf '%-24s exit code %d, %d s' "$label" "$status" $((SECONDS - start)))")
  [ "$status" -eq 0 ] || code=1
}
step "run.sh, first" /root/nutgraf/scripts/run.sh
step "run.sh, second" /root/nutgraf/scripts/run.sh
step "test.sh, first" /root/nutgraf/scripts/test.sh
step "test.sh, second" /root/nutgraf/scripts/test.sh
echo "==== results"
printf '%s\n' "${results[@]}"
exit $code
