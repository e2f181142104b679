package usher.bench.peers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The JDK's own `HttpServer`, or another provider of that interface that the system property
/// names, on platform or virtual threads: `PORT platform|virtual`.
public final class JdkPeer {
  private static final byte[] BODY = Hello.bytes();

  private JdkPeer() {}

  public static void main(String[] arguments) throws IOException {
    ExecutorService threads =
        arguments[1].equals("virtual")
            ? Executors.newVirtualThreadPerTaskExecutor()
            : Executors.newCachedThreadPool();
    HttpServer server = HttpServer.create(Hello.address(arguments), Hello.BACKLOG);
    server.setExecutor(threads);
    server.createContext("/", JdkPeer::answer);
    server.start();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", Hello.TYPE);
      // It closes such a connection, but does not say so by itself, and the client would use it.
      if ("close".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Connection"))) {
        exchange.getResponseHeaders().set("Connection", "close");
      }
      exchange.sendResponseHeaders(200, BODY.length);
      exchange.getResponseBody().write(BODY);
    }
  }
}
