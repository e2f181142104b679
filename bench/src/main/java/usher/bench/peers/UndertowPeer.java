package usher.bench.peers;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import org.xnio.Options;

/// Undertow with one I/O thread: `PORT`. The blocking path is dispatched to its worker threads.
public final class UndertowPeer {
  private UndertowPeer() {}

  public static void main(String[] arguments) {
    Undertow.builder()
        .addHttpListener(Hello.port(arguments), "127.0.0.1")
        .setIoThreads(1)
        .setSocketOption(Options.BACKLOG, Hello.BACKLOG)
        .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, -1)
        .setHandler(UndertowPeer::route)
        .build()
        .start();
  }

  private static void route(HttpServerExchange exchange) {
    if (exchange.getRequestPath().equals(Hello.BLOCKING)) {
      exchange.dispatch(UndertowPeer::answer);
    } else {
      answer(exchange);
    }
  }

  private static void answer(HttpServerExchange exchange) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, Hello.TYPE);
    exchange.getResponseSender().send(Hello.TEXT);
  }
}
