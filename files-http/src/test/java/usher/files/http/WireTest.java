package usher.files.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tus.java.client.ProtocolException;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusURLMemoryStore;
import io.tus.java.client.TusUpload;
import io.tus.java.client.TusUploader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.files.disk.FolderLibrary;
import usher.http.HttpProtocol;
import usher.server.Address;
import usher.server.Model;
import usher.server.Server;

/// The door over sockets: bodies that go to the disk, refusals that must arrive, and the tus client
/// of other people.
final class WireTest {
  private static final int LIMIT = 3 << 20;

  private final Path folder;
  private final Server server;
  private final URI place;

  WireTest(@TempDir Path folder, @TempDir Path bodies) throws IOException {
    this.folder = folder;
    FolderLibrary library = FolderLibrary.open(folder, Door.WRITABLE);
    FilesSite.Rules rules = FilesSite.Rules.USUAL.withMaxFile(LIMIT);
    this.server =
        Server.builder()
            .listen(Address.parse("tcp:127.0.0.1:0"))
            .serve(HttpProtocol.of(FilesSite.of(library, rules)).withBodyFolder(bodies))
            .model(new Model.VirtualThreads())
            .start();
    Address.Tcp at = (Address.Tcp) server.addresses().getFirst();
    this.place = URI.create("http://127.0.0.1:" + at.port() + "/");
  }

  @AfterEach
  void closed() {
    server.close();
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void a_large_file_goes_in_and_comes_back_whole_and_in_part() throws Exception {
    byte[] large = noise(LIMIT);
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI file = place.resolve("large.bin");
      var put = HttpRequest.newBuilder(file).PUT(HttpRequest.BodyPublishers.ofByteArray(large));
      assertThat(client.send(put.build(), BodyHandlers.discarding()).statusCode()).isEqualTo(201);
      var get = HttpRequest.newBuilder(file);
      assertThat(client.send(get.build(), BodyHandlers.ofByteArray()).body()).isEqualTo(large);
      get = HttpRequest.newBuilder(file).header("Range", "bytes=-3");
      assertThat(client.send(get.build(), BodyHandlers.ofByteArray()).body())
          .containsExactly(large[LIMIT - 3], large[LIMIT - 2], large[LIMIT - 1]);
    }
  }

  @Test
  void who_sends_too_much_and_only_then_looks_still_sees_why_not() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), place.getPort()));
      OutputStream out = socket.getOutputStream();
      String head =
          "PUT /large.bin HTTP/1.1\r\nHost: a\r\nContent-Length: " + (LIMIT + 1) + "\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(noise(LIMIT + 1));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 413 ").contains("larger than the " + LIMIT);
    }
    assertThat(folder.resolve("large.bin")).doesNotExist();
  }

  @Test
  void who_asks_first_need_not_send_what_is_not_taken() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), place.getPort()));
      String head =
          """
          PUT /a HTTP/1.1\r
          Host: a\r
          Sec-Fetch-Site: cross-site\r
          Expect: 100-continue\r
          Content-Length: 10\r
          \r
          """;
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 403 ");
    }
  }

  private TusClient tus() throws IOException {
    TusClient client = new TusClient();
    client.setUploadCreationURL(place.resolve("api/uploads").toURL());
    client.enableResuming(new TusURLMemoryStore());
    return client;
  }

  private static TusUpload upload(String name, byte[] bytes) {
    TusUpload upload = new TusUpload();
    upload.setInputStream(new java.io.ByteArrayInputStream(bytes));
    upload.setSize(bytes.length);
    upload.setFingerprint(name);
    upload.setMetadata(Map.of("filename", name));
    return upload;
  }

  private static void send(TusUploader uploader, int pieces) throws Exception {
    uploader.setChunkSize(100_000);
    uploader.setRequestPayloadSize(700_000);
    for (int i = 0; i < pieces && uploader.uploadChunk() > -1; i++) {}
    uploader.finish();
  }

  @Test
  void the_java_client_of_tus_uploads_in_pieces() throws Exception {
    byte[] large = noise(LIMIT);
    send(tus().createUpload(upload("ü large.bin", large)), Integer.MAX_VALUE);
    assertThat(Files.readAllBytes(folder.resolve("ü large.bin"))).isEqualTo(large);
  }

  @Test
  void the_java_client_of_tus_goes_on_where_it_was() throws Exception {
    byte[] large = noise(LIMIT);
    TusClient client = tus();
    send(client.createUpload(upload("a.bin", large)), 14);
    assertThat(folder.resolve("a.bin")).doesNotExist();
    TusUploader uploader = client.resumeUpload(upload("a.bin", large));
    assertThat(uploader.getOffset()).isEqualTo(1_400_000);
    send(uploader, Integer.MAX_VALUE);
    assertThat(Files.readAllBytes(folder.resolve("a.bin"))).isEqualTo(large);
  }

  @Test
  void the_java_client_of_tus_is_told_what_is_too_large() throws Exception {
    TusClient client = tus();
    TusUpload large = upload("a.bin", noise(LIMIT + 1));
    assertThatThrownBy(() -> client.createUpload(large))
        .isInstanceOfSatisfying(
            ProtocolException.class, thrown -> assertThat(thrown.getMessage()).contains("413"));
  }

  @Test
  void a_form_of_curl_is_taken() throws Exception {
    String form =
        "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.txt\"\r\n"
            + "Content-Type: text/plain\r\n\r\n"
            + "x".repeat(200_000)
            + "\r\n--XX--\r\n";
    try (HttpClient client = HttpClient.newHttpClient()) {
      var post =
          HttpRequest.newBuilder(place)
              .header("Content-Type", "multipart/form-data; boundary=XX")
              .POST(HttpRequest.BodyPublishers.ofString(form));
      assertThat(client.send(post.build(), BodyHandlers.ofString()).body()).contains("\"f.txt\"");
    }
    try (InputStream stored = Files.newInputStream(folder.resolve("f.txt"))) {
      assertThat(stored.readAllBytes()).hasSize(200_000);
    }
  }
}
