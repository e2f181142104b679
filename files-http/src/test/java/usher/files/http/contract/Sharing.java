package usher.files.http.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import usher.files.disk.FolderLibrary;
import usher.files.disk.FolderRules;
import usher.files.http.Access;
import usher.files.http.FilesSite;
import usher.http.HttpProtocol;
import usher.testkit.contract.Behaviour;
import usher.testkit.contract.Expect;
import usher.testkit.contract.Trial;

/// What clients of a library's HTTP door may count on.
final class Sharing {
  private static final int LIMIT = 300_000;
  private static final String BYTES = "0123456789".repeat(LIMIT / 10);
  private static final String TUS = "Tus-Resumable: 1.0.0";

  private Sharing() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a file is stored, listed, read whole and in part, deleted", Sharing::stored),
        Behaviour.of("an upload goes on over other connections", Sharing::resumed),
        Behaviour.of("the files of a form are stored", Sharing::form),
        Behaviour.of("who sends too much sees that it was", Sharing::tooMuch),
        Behaviour.of("who shows no secret neither reads nor stores", Sharing::secret));
  }

  private static Path serve(Trial trial, Access access) throws Exception {
    Path folder = trial.board().path();
    Path bodies = trial.board().path();
    trial.outside(
        () -> {
          Files.createDirectory(folder);
          Files.createDirectory(bodies);
        });
    FolderLibrary library = FolderLibrary.open(folder, FolderRules.USUAL.withWriting());
    FilesSite.Rules rules =
        FilesSite.Rules.USUAL.withDeletion().withMaxFile(LIMIT).withAccess(access);
    trial.serve(HttpProtocol.of(FilesSite.of(library, rules)).withBodyFolder(bodies));
    return folder;
  }

  private static void stored(Trial trial) throws Exception {
    Path folder = serve(trial, Access.OPEN);
    try (Asking client = Asking.of(trial)) {
      Expect.equal("stored", 201, client.ask("PUT /a.txt", BYTES).status());
      Expect.equal("on the disk", BYTES, Files.readString(folder.resolve("a.txt")));
      Expect.that("listed", client.ask("GET /api/files", "").body().contains("\"a.txt\""));
      Expect.that("shown", client.ask("GET /", "").body().contains("a.txt</a>"));
      Expect.equal("read", BYTES, client.ask("GET /a.txt", "").body());
      Expect.equal("a part", "345", client.ask("GET /a.txt", "", "Range: bytes=3-5").body());
      Expect.equal("kept", 412, client.ask("PUT /a.txt", "other", "If-None-Match: *").status());
      Expect.equal("deleted", 204, client.ask("DELETE /a.txt", "").status());
      Expect.equal("gone", 404, client.ask("GET /a.txt", "").status());
    }
  }

  private static void resumed(Trial trial) throws Exception {
    Path folder = serve(trial, Access.OPEN);
    String place;
    try (Asking client = Asking.of(trial)) {
      Asking.Answer created =
          client.ask(
              "POST /api/uploads", "", TUS, "Upload-Length: 30", "Upload-Metadata: filename YQ==");
      Expect.equal("created", 201, created.status());
      place = created.field("location");
    }
    for (int offset = 0; offset < 30; offset += 10) {
      try (Asking client = Asking.of(trial)) {
        Asking.Answer state = client.ask("HEAD " + place, "", TUS);
        Expect.equal("offset", String.valueOf(offset), state.field("upload-offset"));
        Asking.Answer more =
            client.ask(
                "PATCH " + place,
                "0123456789",
                TUS,
                "Upload-Offset: " + offset,
                "Content-Type: application/offset+octet-stream");
        Expect.equal("taken", 204, more.status());
      }
    }
    Expect.equal("whole", "0123456789".repeat(3), Files.readString(folder.resolve("a")));
  }

  private static void form(Trial trial) throws Exception {
    Path folder = serve(trial, Access.OPEN);
    String part = "--B\r\nContent-Disposition: form-data; name=f; filename=%s\r\n\r\n%s\r\n";
    String text = BYTES.substring(0, LIMIT / 2);
    try (Asking client = Asking.of(trial)) {
      Asking.Answer answer =
          client.ask(
              "POST /",
              part.formatted("a", text) + part.formatted("b", "of b") + "--B--\r\n",
              "Content-Type: multipart/form-data; boundary=B");
      Expect.equal("stored", 201, answer.status());
    }
    Expect.equal("first", text, Files.readString(folder.resolve("a")));
    Expect.equal("second", "of b", Files.readString(folder.resolve("b")));
  }

  private static void tooMuch(Trial trial) throws Exception {
    Path folder = serve(trial, Access.OPEN);
    try (Asking client = Asking.of(trial)) {
      Asking.Answer answer = client.ask("PUT /a.txt", BYTES + "1");
      Expect.equal("refused", 413, answer.status());
      Expect.that("says why", answer.body().contains("larger than the " + LIMIT));
    }
    Expect.that("nothing is stored", !Files.exists(folder.resolve("a.txt")));
  }

  private static void secret(Trial trial) throws Exception {
    Path folder = serve(trial, Access.OPEN.withToken("secret"));
    try (Asking client = Asking.of(trial)) {
      Expect.equal("the list", 401, client.ask("GET /api/files", "").status());
      Expect.equal("a file", 401, client.ask("PUT /a", "x").status());
      Expect.that("nothing is stored", !Files.exists(folder.resolve("a")));
      Expect.equal(
          "with it", 201, client.ask("PUT /a", "x", "Authorization: Bearer secret").status());
    }
  }
}
