package usher.cli.serving;

import java.util.List;
import org.jspecify.annotations.Nullable;
import usher.server.Address;
import usher.server.DatagramHandler;
import usher.session.Protocol;

/// What one server has behind its addresses.
///
/// @param main at the addresses of `--listen`
/// @param datagrams at those of them that are UDP
/// @param more other protocols, each at an address of its own
public record Doors(Protocol main, @Nullable DatagramHandler datagrams, List<Door> more) {
  /// A protocol at an address that an option of its own names.
  public record Door(Address address, Protocol protocol) {}

  /// One protocol at all addresses.
  public static Doors of(Protocol protocol) {
    return new Doors(protocol, null, List.of());
  }

  /// Where the other protocols are.
  List<Address> others() {
    return more.stream().map(Door::address).toList();
  }
}
