/// The session contract, the drivers and the server models. Needs nothing but the JDK.
module usher.core {
  requires static transitive org.jspecify;

  exports usher.server;
  exports usher.service;
  exports usher.service.datagram;
  exports usher.session;
}
