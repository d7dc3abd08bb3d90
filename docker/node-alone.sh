#!/bin/sh
# Runs in the build: copies Node, the libraries it is linked with, and what the C library reads to an empty root.
set -eu
root=$1
node=$(command -v node)

mkdir -p "$root/usr/local/bin" "$root/usr/bin" "$root/etc" "$root/var/lib/dpkg/status.d" "$root/home/node"
mkdir -m 1777 "$root/tmp"
cp -L "$node" "$root/usr/local/bin/node"
# The operator's command begins with "#!/usr/bin/env node".
cp -L /usr/bin/env "$root/usr/bin/env"
ldd "$node" /usr/bin/env | sed -n -E 's/^[[:space:]]*([^ ]+ => )?(\/[^ :]+) \(0x.*/\2/p' | sort -u | while read -r library; do
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done

# Who runs, and how names are found.
printf 'root:x:0:0:root:/root:/sbin/nologin\nnode:x:1000:1000:node:/home/node:/sbin/nologin\n' > "$root/etc/passwd"
printf 'root:x:0:\nnode:x:1000:\n' > "$root/etc/group"
printf 'hosts: files dns\n' > "$root/etc/nsswitch.conf"
cp /etc/os-release "$root/etc/os-release"

# What scanners read to know the versions of these libraries, and their licences.
for package in libc6 libstdc++6 libgcc-s1 libatomic1 coreutils; do
  if dpkg-query --status "$package" > "$root/var/lib/dpkg/status.d/$package" 2>/dev/null; then
    mkdir -p "$root/usr/share/doc/$package"
    cp -L "/usr/share/doc/$package/copyright" "$root/usr/share/doc/$package/" 2>/dev/null || true
  else
    rm "$root/var/lib/dpkg/status.d/$package"
  fi
done
chown -R 0:0 "$root"
# It starts here, or the build fails.
chroot "$root" /usr/local/bin/node -e 'process.exit(0)'
