/// The smallest services over datagrams: echo, discard, daytime and character generator.
@org.jspecify.annotations.NullMarked
package usher.service.datagram;
