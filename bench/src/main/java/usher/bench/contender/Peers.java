package usher.bench.contender;

import java.util.ArrayList;
import java.util.List;

/// The other servers for the JVM: a main class of [usher.bench.peers] each, its arguments and the
/// libraries that it sees.
final class Peers {
  /// A peer. The port is appended to the arguments.
  private record Peer(
      String name, String main, List<String> options, List<String> arguments, List<String> jars) {}

  private static final String PACKAGE = "usher.bench.peers.";

  /// Never close a connection for being idle, nor wait before sending the end of an answer.
  private static final List<String> JDK_OPTIONS =
      List.of(
          "-Dsun.net.httpserver.nodelay=true",
          "-Dsun.net.httpserver.maxIdleConnections=1000000",
          "-Dsun.net.httpserver.idleInterval=3600");

  /// The same, and the provider named: on the class path it does not announce itself.
  private static final List<String> ROBAHO_OPTIONS =
      List.of(
          "-Dcom.sun.net.httpserver.HttpServerProvider="
              + "robaho.net.httpserver.DefaultHttpServerProvider",
          "-Drobaho.net.httpserver.nodelay=true",
          "-Drobaho.net.httpserver.maxIdleConnections=1000000",
          "-Drobaho.net.httpserver.idleInterval=3600");

  private static final List<String> NETTY_OPTIONS =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  private static final List<Peer> PEERS =
      List.of(
          new Peer("netty", "NettyPeer", NETTY_OPTIONS, List.of("epoll"), List.of("/io/netty/")),
          new Peer("netty-nio", "NettyPeer", NETTY_OPTIONS, List.of("nio"), List.of("/io/netty/")),
          new Peer(
              "vertx",
              "VertxPeer",
              NETTY_OPTIONS,
              List.of(),
              List.of("/io/netty/", "/io/vertx/", "/com/fasterxml/jackson/core/")),
          new Peer(
              "undertow",
              "UndertowPeer",
              List.of(),
              List.of(),
              List.of("/io/undertow/", "/org/jboss/", "/org/wildfly/", "/io/smallrye/")),
          new Peer(
              "jetty",
              "JettyPeer",
              List.of(),
              List.of("platform"),
              List.of("/org/eclipse/jetty/", "/org/slf4j/")),
          new Peer(
              "jetty-virtual",
              "JettyPeer",
              List.of(),
              List.of("virtual"),
              List.of("/org/eclipse/jetty/", "/org/slf4j/")),
          new Peer("helidon", "HelidonPeer", List.of(), List.of(), List.of("/io/helidon/")),
          new Peer("jdk", "JdkPeer", JDK_OPTIONS, List.of("platform"), List.of()),
          new Peer("jdk-virtual", "JdkPeer", JDK_OPTIONS, List.of("virtual"), List.of()),
          new Peer(
              "robaho",
              "JdkPeer",
              ROBAHO_OPTIONS,
              List.of("virtual"),
              List.of("/io/github/robaho/")),
          new Peer("microhttp", "MicrohttpPeer", List.of(), List.of(), List.of("/org/microhttp/")));

  private Peers() {}

  static List<Contender> of(Installation installation) {
    return PEERS.stream().map(peer -> contender(installation, peer)).toList();
  }

  private static Contender contender(Installation installation, Peer peer) {
    return Contender.of(
        peer.name(),
        Family.PEER,
        launch -> {
          List<String> line = new ArrayList<>();
          line.add(installation.java().toString());
          line.addAll(peer.options());
          line.addAll(List.of("-cp", installation.classPath(peer.jars())));
          line.add(PACKAGE + peer.main());
          line.add(Integer.toString(launch.port()));
          line.addAll(peer.arguments());
          return List.copyOf(line);
        });
  }
}
