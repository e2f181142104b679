package usher.files.tftp.client;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import usher.files.LibraryException;
import usher.files.client.Cancelled;
import usher.files.client.Progress;
import usher.files.tftp.transfer.BlockSource;
import usher.files.tftp.transfer.Greeting;
import usher.files.tftp.transfer.Inflow;
import usher.files.tftp.transfer.Outflow;
import usher.files.tftp.transfer.Patience;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.Terms;
import usher.files.tftp.wire.TftpException;

/// A client of TFTP. Each transfer is by itself, with a port of its own, and blocks until its end;
/// several threads may have one each.
///
/// What a server refuses is a [LibraryException]; an [IOException] means that it does not answer,
/// answers what nobody understands, or that something here fails. A server that refuses options is
/// asked once more without them.
public final class TftpClient {
  private final InetSocketAddress server;
  private final TftpWishes wishes;

  /// A client of this server.
  public TftpClient(InetSocketAddress server, TftpWishes wishes) {
    this.server = server;
    this.wishes = wishes;
  }

  /// Fetches a file. It has its name here once all of it has come; until then a hidden file in the
  /// same folder has what came, and it goes if that is not all.
  ///
  /// @param target replaced if it is there
  /// @param progress the total is -1 where the server does not say it
  public void get(String name, Path target, Progress progress) throws IOException {
    converse(
        false,
        name,
        0,
        new Greeting.Sides() {
          @Override
          public Inflow reads(Terms terms, long size, Packet answer, boolean due) {
            var sink = new TemporaryFile(target, size, progress);
            return new Inflow(terms, sink, wishes.mode(), answer, due, false);
          }

          @Override
          public Outflow writes(Terms terms) {
            throw new IllegalStateException("this client reads");
          }
        });
  }

  /// Sends a file.
  public void put(Path file, String name, Progress progress) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      converse(
          true,
          name,
          size,
          new Greeting.Sides() {
            @Override
            public Inflow reads(Terms terms, long unknown, Packet answer, boolean due) {
              throw new IllegalStateException("this client writes");
            }

            @Override
            public Outflow writes(Terms terms) {
              BlockSource.Watch watch =
                  done -> {
                    if (!progress.at(done, size)) {
                      throw new Cancelled();
                    }
                  };
              return new Outflow(
                  terms,
                  new BlockSource(channel, size, wishes.mode(), terms.blockSize(), watch),
                  null);
            }
          });
    }
  }

  private void converse(boolean writes, String name, long size, Greeting.Sides sides)
      throws IOException {
    try {
      attempt(request(writes, name, wishes.options(size)), sides);
    } catch (TftpException refused) {
      try {
        attempt(request(writes, name, Map.of()), sides);
      } catch (TftpException again) {
        throw new LibraryException(LibraryException.Code.BROKEN, again.text(), again);
      }
    }
  }

  private Packet.Request request(boolean writes, String name, Map<String, String> options)
      throws IOException {
    var request = new Packet.Request(writes, name, wishes.mode().text(), options);
    if (name.isEmpty() || name.indexOf('\0') >= 0) {
      throw new IOException("a file has a name");
    }
    if (request.datagram().remaining() > Packet.MOST_REQUEST) {
      int bytes = name.getBytes(StandardCharsets.UTF_8).length;
      throw new IOException("a name of " + bytes + " bytes does not fit into a request");
    }
    return request;
  }

  private void attempt(Packet.Request request, Greeting.Sides sides)
      throws IOException, TftpException {
    try (DatagramSocket socket = new DatagramSocket()) {
      Duration timeout = Duration.ofSeconds(wishes.timeout());
      new Talk(socket, server).run(new Greeting(request, timeout, Patience.USUAL, sides));
    }
  }
}
