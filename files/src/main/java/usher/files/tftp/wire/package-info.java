/// Packets of TFTP, and what stands in them: pure.
@org.jspecify.annotations.NullMarked
package usher.files.tftp.wire;
