/// The smallest useful protocols: echo, discard, daytime and character generator, as pure sessions.
@org.jspecify.annotations.NullMarked
package usher.service;
