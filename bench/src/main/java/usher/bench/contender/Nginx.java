package usher.bench.contender;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// nginx with one worker, set up for speed: no access log, no limit on requests a connection, files
/// by sendfile with the head in the same segment.
final class Nginx {
  private Nginx() {}

  static Contender of(Path program) {
    return Contender.of("nginx", Family.NGINX, launch -> line(program, launch));
  }

  private static List<String> line(Path program, Launch launch) throws IOException {
    Path file = launch.work().resolve("nginx.conf");
    Files.writeString(file, configuration(System.getProperty("user.name"), launch));
    return List.of(program.toString(), "-p", launch.work() + "/", "-c", file.toString());
  }

  /// Twice the room that is needed: with few places left, nginx closes idle connections.
  ///
  /// Workers that root starts would become another user, who may not read the folder; anyone else
  /// may not choose.
  static String configuration(String user, Launch launch) {
    return """
        %sworker_processes 1;
        daemon off;
        error_log stderr;
        pid nginx.pid;
        events { worker_connections %d; }
        http {
          access_log off;
          sendfile on;
          tcp_nopush on;
          keepalive_requests 1000000000;
          keepalive_timeout 1h;
          default_type text/plain;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          server {
            listen 127.0.0.1:%d backlog=4096;
            location / { return 200 "Hello, World!"; }
            location /static/ { alias %s/; }
          }
        }
        """
        .formatted(
            user.equals("root") ? "user root;\n" : "",
            2 * launch.connections() + 512,
            launch.port(),
            launch.folder());
  }
}
