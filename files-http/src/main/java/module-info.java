/// The HTTP door of a file library.
module usher.files.http {
  requires transitive usher.files;
  requires transitive usher.http;
  requires static transitive org.jspecify;

  exports usher.files.http;
}
