# install(), the CMake package and the .deb
