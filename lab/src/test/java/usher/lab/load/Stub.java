package usher.lab.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import usher.server.Address;

/// A server that does what a test says, be it wrong: a virtual thread for each connection.
final class Stub implements AutoCloseable {
  /// What is done with a connection; it is closed afterwards.
  interface Conduct {
    void serve(Socket socket, InputStream in, OutputStream out)
        throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  final AtomicInteger accepted = new AtomicInteger();

  Stub(Conduct conduct) throws IOException {
    this.server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(conduct));
  }

  /// Answers each request with these texts, one after the other, and closes where one is empty.
  static Stub answering(String... answers) throws IOException {
    return new Stub(
        (_, in, out) -> {
          for (int i = 0; request(in); i++) {
            String answer = answers[i % answers.length];
            if (answer.isEmpty()) {
              return;
            }
            say(out, answer);
          }
        });
  }

  /// Sends a text, whose lines end here as HTTP's do.
  static void say(OutputStream out, String text) throws IOException {
    out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /// Reads the head of a request.
  ///
  /// @return whether there was one
  static boolean request(InputStream in) throws IOException {
    int ends = 0;
    while (ends < 4) {
      int one = in.read();
      if (one < 0) {
        return false;
      }
      ends = one == "\r\n\r\n".charAt(ends) ? ends + 1 : one == '\r' ? 1 : 0;
    }
    return true;
  }

  Address address() {
    return Address.tcp(server.getLocalPort());
  }

  private void accept(Conduct conduct) {
    try {
      while (true) {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket, conduct));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket, Conduct conduct) {
    try (socket) {
      conduct.serve(socket, socket.getInputStream(), socket.getOutputStream());
    } catch (IOException e) {
      // The other end went.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
