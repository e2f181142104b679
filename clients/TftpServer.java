import java.nio.file.Path;
import java.time.Duration;
import usher.files.disk.FolderLibrary;
import usher.files.disk.FolderRules;
import usher.files.tftp.TftpProtocol;
import usher.files.tftp.TftpRules;
import usher.server.Address;
import usher.server.Model;
import usher.server.Server;

/// Serves a folder by TFTP, and takes files, until it is told to end. Arguments: a model, a folder.
void main(String[] args) throws Exception {
  FolderRules open = FolderRules.USUAL.withWriting().withSizes(1L << 32, Long.MAX_VALUE, 0);
  // Under iterative everybody waits while a transfer stays for its last acknowledgement.
  TftpRules large =
      TftpRules.USUAL
          .withBlocks(65_464, 64, 1 << 20)
          .withPatience(Duration.ofMillis(300), 3, 8);
  try (Server server =
      Server.builder()
          .listen(Address.udp("127.0.0.1", 0))
          .serve(TftpProtocol.of(FolderLibrary.open(Path.of(args[1]), open), large))
          .model(Model.named(args[0]).orElseThrow())
          .start()) {
    System.out.println("READY " + server.addresses().getFirst());
    server.await();
  }
}
