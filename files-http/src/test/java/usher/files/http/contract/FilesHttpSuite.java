package usher.files.http.contract;

import java.util.List;
import usher.testkit.contract.Suite;

/// The behaviours of the HTTP door of a library.
final class FilesHttpSuite {
  /// For programs that make it once more.
  static final String MAKER = FilesHttpSuite.class.getName() + "#suite";

  private FilesHttpSuite() {}

  static Suite suite() {
    return new Suite(
        "files-http",
        "Files by HTTP",
        List.of(new Suite.Group("Files come, are seen, and go", Sharing.all())));
  }
}
