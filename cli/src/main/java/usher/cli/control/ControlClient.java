package usher.cli.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import usher.cli.console.Failure;

/// Asks a running server: a line of words there, a line of JSON back. One connection for each
/// question, so that a server that was restarted meanwhile is found again.
///
/// @param path of the control socket
public record ControlClient(Path path) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// The server of this control socket, or the only one that runs.
  ///
  /// @param named the socket, or null to look for it
  /// @throws Failure if there is none, or more than one
  public static ControlClient find(@Nullable Path named) {
    if (named != null) {
      return new ControlClient(named);
    }
    List<Path> running;
    try {
      running = ControlSocket.running();
    } catch (IOException thrown) {
      throw Failure.failed(thrown.getMessage() + "; name the socket: --control PATH");
    }
    if (running.isEmpty()) {
      throw Failure.failed("no server of yours runs here; start one, or name its --control PATH");
    }
    if (running.size() > 1) {
      throw Failure.failed(
          running.size()
              + " servers run; say which: "
              + String.join(" or ", running.stream().map(path -> "--control " + path).toList()));
    }
    return new ControlClient(running.getFirst());
  }

  /// Asks, and waits for the answer.
  ///
  /// @throws Failure if nobody answers, or the server says that it cannot be done
  public JsonNode ask(String words) {
    String line = exchange(words);
    if (line == null) {
      throw Failure.failed("the server ended before it answered");
    }
    JsonNode answer;
    try {
      answer = JSON.readTree(line);
    } catch (JacksonException garbled) {
      throw Failure.failed(path + " answers, but is no control socket of usher");
    }
    JsonNode error = answer.path("error");
    if (error.isString()) {
      throw Failure.failed(error.stringValue());
    }
    return answer;
  }

  private @Nullable String exchange(String words) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(words.replace('\n', ' ') + "\n");
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      return new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)).readLine();
    } catch (IOException | IllegalArgumentException thrown) {
      throw Failure.failed(
          "no server answers at " + path + " (" + thrown.getMessage() + "); does it run?");
    }
  }
}
