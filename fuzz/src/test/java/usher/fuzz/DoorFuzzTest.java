package usher.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import usher.files.http.FilesSite;
import usher.http.HttpProtocol;
import usher.testkit.drive.Rehearsal;

/// The HTTP door of a library that is asked anything: names in every encoding, forms, uploads in
/// parts. Nothing outside the library or hidden in it is sent or changed; nothing fails, and what
/// was taken is given back.
final class DoorFuzzTest {
  private static final Pattern LOCATION = Pattern.compile("Location: (/api/uploads/\\S+)");
  private static final int LONGEST = 8_192;

  @TempDir Path top;
  private Premises premises;

  @BeforeEach
  void open() throws IOException {
    premises = new Premises(top);
  }

  /// A byte of 0 stands between requests. Each is a line with method and target, lines of header
  /// fields, an empty line, and the body; its length is added. A target that begins with `@` is the
  /// upload that was begun last.
  @FuzzTest(maxDuration = "2m")
  @DictionaryEntries(
      // In the form of libFuzzer dictionaries.
      value = {
        "GET /",
        "PUT /",
        "DELETE /",
        "POST /api/uploads\\x0ATus-Resumable: 1.0.0\\x0A",
        "PATCH @\\x0ATus-Resumable: 1.0.0\\x0A",
        "HEAD @\\x0ATus-Resumable: 1.0.0\\x0A",
        "Upload-Length: 5\\x0A",
        "Upload-Offset: 0\\x0A",
        "Upload-Metadata: filename bmV3\\x0A",
        "Upload-Metadata: filename Li4vc2VjcmV0LnR4dA==\\x0A",
        "Upload-Checksum: sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=\\x0A",
        "Content-Type: application/offset+octet-stream\\x0A",
        "Content-Type: multipart/form-data; boundary=x\\x0A\\x0A",
        "--x\\x0D\\x0AContent-Disposition: form-data; name=f; filename=\\x22new\\x22\\x0D\\x0A\\x0D\\x0A",
        "\\x0D\\x0A--x--",
        "filename=\\x22../secret.txt\\x22",
        "filename*=UTF-8''..%2fsecret.txt",
        "If-None-Match: *\\x0A",
        "If-Range: ",
        "Range: bytes=0-",
        "Repr-Digest: sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:\\x0A",
        "X-HTTP-Method-Override: PATCH\\x0A",
        "Want-Repr-Digest: sha-256=1\\x0A",
        "%2e%2e",
        "%2f",
        "%5c",
        "%00",
        "%c0%ae",
        "..%2fsecret.txt",
        "leak.txt",
        "up/secret.txt",
        ".usher%2Fpart-1",
        "\\x00"
      })
  void no_request_leads_out_and_none_fails(byte[] bytes) throws IOException {
    if (bytes.length > LONGEST) {
      return;
    }
    premises.restore();
    List<Throwable> failures = new ArrayList<>();
    FilesSite.Rules rules = FilesSite.Rules.USUAL.withDeletion().withMaxFile(2_000);
    var protocol =
        HttpProtocol.of(FilesSite.of(premises.library(), rules))
            .withFailures((_, thrown) -> failures.add(thrown));
    String sent = new String(bytes, StandardCharsets.ISO_8859_1);
    try (var rehearsal = Rehearsal.of(protocol)) {
      for (String request : sent.split("\0", -1)) {
        rehearsal.send(wire(request, rehearsal.text()));
      }
      rehearsal.end();
      assertThat(rehearsal.thrown()).isNull();
      String heard = rehearsal.text();
      assertThat(heard)
          .satisfiesAnyOf(
              text -> assertThat(text).isEmpty(), text -> assertThat(text).startsWith("HTTP/1.1 "));
      premises.toldNothing(sent, heard);
    }
    assertThat(failures).isEmpty();
    premises.unharmed();
  }

  private static String wire(String request, String heard) {
    String[] parts = request.split("\n\n", 2);
    String[] lines = parts[0].split("\n", -1);
    String line = lines[0];
    Matcher location = LOCATION.matcher(heard);
    String upload = "/";
    while (location.find()) {
      upload = location.group(1);
    }
    StringBuilder wire = new StringBuilder(line.replace("@", upload));
    wire.append(" HTTP/1.1\r\nHost: x\r\n");
    for (int i = 1; i < lines.length; i++) {
      wire.append(lines[i]).append("\r\n");
    }
    if (parts.length == 2) {
      wire.append("Content-Length: ").append(parts[1].length()).append("\r\n");
    }
    return wire.append("\r\n").append(parts.length == 2 ? parts[1] : "").toString();
  }
}
