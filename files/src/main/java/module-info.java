/// A folder of files as a library, and the protocols by which it is reached.
module usher.files {
  requires transitive usher.core;
  requires static transitive org.jspecify;

  exports usher.files;
  exports usher.files.client;
  exports usher.files.disk;
  exports usher.files.frame;
  exports usher.files.tftp;
  exports usher.files.tftp.client;
  exports usher.files.tftp.wire;
}
