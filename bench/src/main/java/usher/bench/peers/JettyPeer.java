package usher.bench.peers;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/// Jetty on its own thread pool or on virtual threads: `PORT platform|virtual`.
public final class JettyPeer {
  private static final int NEVER_MILLIS = 3_600_000;

  private JettyPeer() {}

  public static void main(String[] arguments) throws Exception {
    ThreadPool threads =
        arguments[1].equals("virtual") ? new VirtualThreadPool() : new QueuedThreadPool();
    Server server = new Server(threads);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(false);
    ServerConnector connector =
        new ServerConnector(server, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    connector.setPort(Hello.port(arguments));
    connector.setAcceptQueueSize(Hello.BACKLOG);
    connector.setIdleTimeout(NEVER_MILLIS);
    server.addConnector(connector);
    server.setHandler(new Answer());
    server.start();
    server.join();
  }

  private static final class Answer extends Handler.Abstract.NonBlocking {
    private final byte[] body = Hello.bytes();

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, Hello.TYPE);
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
      response.write(true, ByteBuffer.wrap(body), callback);
      return true;
    }
  }
}
