/// HTTP/1.1 over the session contract.
module usher.http {
  requires transitive usher.core;
  requires static transitive org.jspecify;

  exports usher.http;
  exports usher.http.route;
  exports usher.http.site;
}
