package usher.cli.serving;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import usher.cli.console.Quantity;
import usher.cli.console.Style;
import usher.cli.console.Terminal;
import usher.server.Address;
import usher.server.Model;
import usher.server.Server;
import usher.session.Limits;
import usher.session.Timeouts;

/// What a person sees when a server has started: what is served, where, under which model, with
/// which limits, and how to stop it.
///
/// @param what the command and what it serves, such as `serve` and a folder
/// @param http whether it speaks HTTP, so that addresses are shown as links and HTTP's limits count
/// @param links so many of its last addresses are of web sites, whatever the others are
public record StartLine(String what, boolean http, Settings settings, int links) {
  /// All addresses speak the same.
  public StartLine(String what, boolean http, Settings settings) {
    this(what, http, settings, 0);
  }

  /// Says it on standard error.
  public void say(Server server, Terminal terminal) {
    if (settings.quiet()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    text.append(terminal.onErr(Style.STRONG, "usher " + what));
    List<Address> addresses = server.addresses();
    for (int i = 0; i < addresses.size(); i++) {
      boolean link = http || i >= addresses.size() - links;
      for (String place : places(addresses.get(i), link)) {
        text.append("\n  ").append(terminal.onErr(Style.GREEN, place));
      }
    }
    row(text, terminal, "model", model(settings.model()));
    row(text, terminal, "limits", limits(settings.model(), settings.limits()));
    row(text, terminal, "timeouts", timeouts(settings.timeouts()));
    row(text, terminal, "stop", "Ctrl-C, clients may finish within " + drain());
    terminal.say(text.toString());
  }

  private static void row(StringBuilder text, Terminal terminal, String name, String value) {
    text.append("\n  ").append(terminal.onErr(Style.QUIET, "%-9s".formatted(name))).append(value);
  }

  private String drain() {
    return Quantity.duration(settings.drain());
  }

  private static String model(Model model) {
    return model.size().isPresent() && !model.processes()
        ? model.name() + " (" + Quantity.count(model.size().getAsInt()) + " threads)"
        : model.text();
  }

  private String limits(Model model, Limits limits) {
    List<String> parts = new ArrayList<>();
    parts.add(Quantity.count(limits.connections()) + " clients");
    if (model instanceof Model.ThreadPool || model instanceof Model.EventLoopWorkers) {
      parts.add(Quantity.count(limits.queue()) + " waiting");
    }
    if (http) {
      parts.add("head " + Quantity.size(limits.headBytes()));
      parts.add(Quantity.count(limits.headFields()) + " fields");
      parts.add("body " + Quantity.size(limits.bodyBytes()));
    }
    return String.join(", ", parts);
  }

  private String timeouts(Timeouts timeouts) {
    List<String> parts = new ArrayList<>();
    if (http) {
      parts.add("head " + Quantity.duration(timeouts.head()));
    }
    parts.add("idle " + Quantity.duration(timeouts.idle()));
    if (http) {
      parts.add("body " + Quantity.size(timeouts.bodyRate()) + "/s");
    }
    parts.add("write stall " + Quantity.duration(timeouts.stall()));
    return String.join(", ", parts);
  }

  private static List<String> places(Address address, boolean link) {
    return switch (address) {
      case Address.Unix unix ->
          List.of(
              link ? "curl --unix-socket " + quoted(unix) + " http://localhost/" : unix.toString());
      case Address.Udp udp -> List.of(udp.toString());
      case Address.Tcp tcp when !link -> List.of(tcp.toString());
      case Address.Tcp tcp when tcp.host().equals("*") -> everywhere(tcp.port());
      case Address.Tcp tcp -> List.of(link(tcp.host(), tcp.port()));
    };
  }

  private static String quoted(Address.Unix unix) {
    String path = unix.path().toString();
    return path.matches("[\\w./+-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }

  private static String link(String host, int port) {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/";
  }

  /// A link for this machine, and one for each address at which others find it.
  private static List<String> everywhere(int port) {
    try (Stream<NetworkInterface> all = NetworkInterface.networkInterfaces()) {
      Stream<String> others =
          all.flatMap(NetworkInterface::inetAddresses)
              .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
              .map(InetAddress::getHostAddress)
              .map(host -> link(host.replaceFirst("%.*", ""), port));
      return Stream.concat(Stream.of(link("127.0.0.1", port)), others).collect(Collectors.toList());
    } catch (SocketException unknown) {
      return List.of(link("127.0.0.1", port));
    }
  }
}
