/// A client of TFTP that blocks.
@org.jspecify.annotations.NullMarked
package usher.files.tftp.client;
