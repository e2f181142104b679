package usher.bench.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import usher.bench.measure.MeasurementException;
import usher.bench.measure.RunningServer;
import usher.files.frame.Frame;

/// Downloads and uploads over TCP: nginx (sendfile, dav) beside the framed protocol and the HTTP
/// door. One light client for all, so that the figures are the servers'.
///
/// nginx forces nothing to the disk and looks at no checksum. So the client forces what nginx has
/// stored, within the time that is measured; usher does it itself, and compares the SHA-256.
final class Streams {
  private static final String HELLO = "HELLO usher-files 1";

  /// Who serves, by which protocol.
  enum Door {
    NGINX,
    HTTP,
    FRAMED
  }

  private final Place place;
  private final Path nginx;
  private final Path folder;
  private final String checksum;

  /// @param nginx the program
  /// @param checksum of the file
  Streams(Place place, Path nginx, String checksum) {
    this.place = place;
    this.nginx = nginx;
    this.folder = place.folder();
    this.checksum = checksum;
  }

  /// Fetches the file.
  ///
  /// @param model of usher, if it is usher
  Place.Cost get(Door door, String model)
      throws IOException, MeasurementException, InterruptedException {
    String name = place.source().getFileName().toString();
    byte[] request =
        door == Door.FRAMED
            ? frames(HELLO, "GET 0 " + name, "QUIT")
            : head("GET /" + name, "Connection: close");
    try (RunningServer server = start(door, model)) {
      List<String> line =
          List.of(
              "get",
              Integer.toString(server.port()),
              place.request(request).toString(),
              Long.toString(place.size()));
      return place.measure(server, place.size(), () -> place.client(line));
    }
  }

  /// Stores the file.
  ///
  /// @param model of usher, if it is usher
  Place.Cost put(Door door, String model)
      throws IOException, MeasurementException, InterruptedException {
    Path stored = folder.resolve("stored");
    boolean framed = door == Door.FRAMED;
    byte[] request =
        framed
            ? frames(HELLO, "PUT " + place.size() + " " + checksum + " replace stored")
            : head("PUT /stored", "Content-Length: " + place.size());
    try (RunningServer server = start(door, model)) {
      List<String> line = new ArrayList<>();
      line.addAll(List.of("put", Integer.toString(server.port())));
      line.addAll(List.of(place.request(request).toString(), place.source().toString()));
      line.addAll(framed ? List.of("SEND 0", "STORED") : List.of("", "HTTP/1.1 20"));
      if (door == Door.NGINX) {
        line.add(stored.toString());
      }
      return place.measure(server, place.size(), () -> place.client(line));
    } finally {
      Files.deleteIfExists(stored);
    }
  }

  private RunningServer start(Door door, String model)
      throws IOException, MeasurementException, InterruptedException {
    int port = place.ports().next();
    String at = "tcp:127.0.0.1:" + port;
    String other = "tcp:127.0.0.1:" + place.ports().next();
    List<String> line =
        switch (door) {
          case NGINX -> List.of(nginx.toString(), "-p", place.work() + "/", "-c", configure(port));
          case HTTP -> usher(model, "--listen", other, "--http", at);
          case FRAMED -> usher(model, "--listen", at);
        };
    RunningServer server = place.start(line, port);
    try {
      place.await(server);
    } catch (MeasurementException | InterruptedException thrown) {
      server.close();
      throw thrown;
    }
    return server;
  }

  private List<String> usher(String model, String... addresses) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of(place.home().resolve("usher").toString(), "files", folder.toString()));
    line.addAll(List.of("--writable", "--model", model));
    line.addAll(List.of(addresses));
    return line;
  }

  /// As fast as it goes: no logs, sendfile, and the body's temporary file on the same disk, so that
  /// it is only renamed. Without a user of their own the workers may read the folder.
  private String configure(int port) throws IOException {
    String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
    String text =
        user
            + """
            worker_processes 1;
            daemon off;
            error_log stderr;
            pid nginx.pid;
            events { worker_connections 1024; }
            http {
              access_log off;
              sendfile on;
              tcp_nopush on;
              client_max_body_size 0;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              server {
                listen 127.0.0.1:%d;
                location / { root %s; dav_methods PUT; }
              }
            }
            """
                .formatted(port, folder);
    return Files.writeString(place.work().resolve("nginx.conf"), text).toString();
  }

  private static byte[] head(String line, String field) {
    return (line + " HTTP/1.1\r\nHost: localhost\r\n" + field + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] frames(String... messages) {
    var all = new ByteArrayOutputStream();
    for (String message : messages) {
      all.writeBytes(Frame.of(message));
    }
    return all.toByteArray();
  }
}
