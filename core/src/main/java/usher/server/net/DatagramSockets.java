package usher.server.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import usher.server.Address;

/// The sockets of one UDP address: one, or several that share its port (`SO_REUSEPORT`), so that
/// each loop has its own and the kernel spreads the senders over them.
///
/// The first is bound alone: sharing is switched on only afterwards, so that a port which another
/// server has is refused even if that one shares it. Where a port cannot be shared there is one
/// socket.
///
/// A socket that child processes inherit is one of both families, whatever its address: the JDK
/// takes an inherited one for that, and could not answer by an IPv4 one.
///
/// A multicast group has one socket, since each of several would get every datagram. It is bound to
/// the group itself, so that nothing else which is sent to the port comes in.
public final class DatagramSockets implements Bound {
  /// What is asked for as the kernel's buffer, the only queue of whoever handles datagrams in
  /// place; it gives as much as `net.core.rmem_max` allows, twice over.
  private static final int QUEUE = 4 << 20;

  private final List<DatagramChannel> channels;
  private final Address address;
  private final boolean heritable;

  private DatagramSockets(List<DatagramChannel> channels, Address address, boolean heritable) {
    this.channels = List.copyOf(channels);
    this.address = address;
    this.heritable = heritable;
  }

  static DatagramSockets bind(Address.Udp udp, int count, boolean inherited) throws IOException {
    InetSocketAddress wanted = udp.socketAddress();
    boolean group = wanted.getAddress().isMulticastAddress();
    if (!group && !udp.host().contains(":") && udp.networkInterface().isPresent()) {
      throw new SocketException("an interface is chosen for a multicast group only");
    }
    List<DatagramChannel> channels = new ArrayList<>();
    try {
      DatagramChannel first = inherited ? DatagramChannel.open() : open(wanted.getAddress());
      channels.add(first);
      first.setOption(StandardSocketOptions.SO_RCVBUF, QUEUE);
      // Several programs may listen to a group.
      first.setOption(StandardSocketOptions.SO_REUSEADDR, group);
      first.bind(wanted);
      InetSocketAddress real =
          new InetSocketAddress(
              wanted.getAddress(), ((InetSocketAddress) first.getLocalAddress()).getPort());
      if (group) {
        first.join(wanted.getAddress(), networkInterface(udp, wanted.getAddress()));
      } else if (first.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
        share(channels, real, count);
      }
      return new DatagramSockets(
          channels, Address.udp(udp.host(), real.getPort()), inherited && channels.size() == 1);
    } catch (Throwable thrown) {
      closeAll(channels);
      throw thrown;
    }
  }

  private static void share(List<DatagramChannel> channels, InetSocketAddress real, int count) {
    try {
      for (int i = 1; i < count; i++) {
        channels.getFirst().setOption(StandardSocketOptions.SO_REUSEPORT, true);
        DatagramChannel next = open(real.getAddress());
        channels.add(next);
        next.setOption(StandardSocketOptions.SO_RCVBUF, QUEUE);
        next.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        next.bind(real);
      }
    } catch (IOException refused) {
      // One socket serves as well, if not as fast.
      List<DatagramChannel> others = channels.subList(1, channels.size());
      closeAll(others);
      others.clear();
    }
  }

  private static DatagramChannel open(InetAddress address) throws IOException {
    // Without a family it hears both, which only the address of all addresses can use.
    return address.isAnyLocalAddress() ? DatagramChannel.open() : DatagramChannel.open(of(address));
  }

  private static ProtocolFamily of(InetAddress address) {
    return address instanceof Inet4Address
        ? StandardProtocolFamily.INET
        : StandardProtocolFamily.INET6;
  }

  private static NetworkInterface networkInterface(Address.Udp udp, InetAddress group)
      throws SocketException {
    Optional<String> name = udp.networkInterface();
    if (name.isPresent()) {
      NetworkInterface named = NetworkInterface.getByName(name.get());
      if (named == null) {
        throw new SocketException("there is no network interface " + name.get());
      }
      return named;
    }
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      if (each.isUp()
          && each.supportsMulticast()
          && each.inetAddresses().anyMatch(own -> of(own).equals(of(group)))) {
        return each;
      }
    }
    throw new SocketException("no network interface takes multicast; name one behind a %");
  }

  /// The sockets, one at least.
  public List<DatagramChannel> channels() {
    return channels;
  }

  /// Whether child processes can be given what comes here: one socket, of both families.
  public boolean heritable() {
    return heritable;
  }

  @Override
  public Address address() {
    return address;
  }

  @Override
  public void close() {
    closeAll(channels);
  }

  private static void closeAll(List<DatagramChannel> channels) {
    for (DatagramChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException ignored) {
        // Closing is all that was wanted.
      }
    }
  }
}
