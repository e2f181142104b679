package usher.files.http;

import java.nio.file.Files;
import java.nio.file.Path;
import usher.files.disk.FolderLibrary;
import usher.http.HttpProtocol;
import usher.server.Address;
import usher.server.Model;
import usher.server.Server;

/// A door that stands until its process is ended, for clients of other kinds.
final class Standing {
  private static final int THREADS = 64;

  private Standing() {}

  /// Serves until it is ended.
  ///
  /// @param arguments the name of a model, the folder
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    FolderLibrary library = FolderLibrary.open(folder, Door.WRITABLE);
    FilesSite.Rules rules =
        FilesSite.Rules.USUAL.withTitle("Shared files").withDeletion().withMaxFile(64 << 20);
    Model model = Model.named(arguments[0]).orElseThrow();
    Path bodies = Files.createTempDirectory(folder.toAbsolutePath().getParent(), "bodies");
    try (Server server =
        Server.builder()
            .listen(Address.parse("tcp:127.0.0.1:0"))
            .serve(HttpProtocol.of(FilesSite.of(library, rules)).withBodyFolder(bodies))
            .model(model instanceof Model.ThreadPool ? new Model.ThreadPool(THREADS) : model)
            .start()) {
      Address.Tcp at = (Address.Tcp) server.addresses().getFirst();
      System.out.println("http://127.0.0.1:" + at.port() + "/");
      server.await();
    }
  }
}
