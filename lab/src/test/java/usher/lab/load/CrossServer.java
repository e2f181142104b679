package usher.lab.load;

import java.util.concurrent.TimeUnit;
import usher.http.HttpHandler;
import usher.http.HttpProtocol;
import usher.http.HttpResponse;
import usher.server.Address;
import usher.server.Model;
import usher.server.Server;

/// A server on one loop for [LoadAgainstOthersTest], in a process of its own: each request costs as
/// many microseconds of processor time as the argument says. Prints its port, and ends with its
/// input.
final class CrossServer {
  private CrossServer() {}

  public static void main(String[] arguments) throws Exception {
    long cost = TimeUnit.MICROSECONDS.toNanos(Long.parseLong(arguments[0]));
    HttpHandler handler =
        HttpHandler.inline(
            _ -> {
              long until = System.nanoTime() + cost;
              while (System.nanoTime() - until < 0) {
                Thread.onSpinWait();
              }
              return HttpResponse.text("Hello, World!");
            });
    try (Server server =
        Server.builder()
            .listen(Address.tcp(0))
            .serve(HttpProtocol.of(handler))
            .model(new Model.EventLoop())
            .start()) {
      Address address = server.addresses().getFirst();
      System.out.println(address instanceof Address.Tcp tcp ? tcp.port() : 0);
      while (System.in.read() >= 0) {
        // until the parent goes
      }
    }
  }
}
