/// A transfer of TFTP, from either side: pure machines that the server's sessions and the client
/// share.
@org.jspecify.annotations.NullMarked
package usher.files.tftp.transfer;
