/// The session contract, the drivers and the server models. Needs nothing but the JDK.
module usher.core {
  requires static transitive org.jspecify;

  // For usher.server.jfr alone, which nothing else refers to: a JVM without it serves as well.
  requires static jdk.jfr;

  exports usher.server;
  exports usher.server.jfr;
  exports usher.service;
  exports usher.service.datagram;
  exports usher.session;
}
