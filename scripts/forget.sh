#!/bin/sh
# Removes a folder of Mainstay's data, after asking.
set -eu

folder=${1:?which folder}

if [ ! -d "$folder" ]; then
    echo "nothing to remove: there is no folder $folder"
    exit 0
fi
printf 'Remove %s and everything Mainstay knows in it? Type yes: ' "$folder"
read -r answer
if [ "$answer" != yes ]; then
    echo 'kept'
    exit 1
fi
rm -rf -- "$folder"
echo 'removed'
