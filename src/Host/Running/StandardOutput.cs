using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Actors.Host.Running;

/// <summary>
/// Standard output that says when nobody reads it any more. The console of .NET takes a broken pipe for success, and
/// drops what is written.
/// </summary>
internal static partial class StandardOutput
{
    /// <summary>UTF-8 whatever the terminal's locale says, without a byte order mark, each line at once.</summary>
    public static TextWriter Open()
    {
        return new StreamWriter(OpenStream(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
    }

    /// <summary>The bytes of it. On Windows the console's own stream is all there is.</summary>
    public static Stream OpenStream() => OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new DescriptorStream(1);

    private sealed partial class DescriptorStream(int descriptor) : Stream
    {
        private const int Interrupted = 4;
        private const short WritableEvent = 4;

        // EAGAIN: somebody has made the pipe non-blocking. Its number differs on macOS.
        private static readonly int s_wouldBlock = OperatingSystem.IsMacOS() ? 35 : 11;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> bytes)
        {
            while (bytes.Length > 0)
            {
                var written = WriteTo(descriptor, in MemoryMarshal.GetReference(bytes), (nuint)bytes.Length);
                if (written >= 0)
                {
                    bytes = bytes[(int)written..];
                    continue;
                }
                var error = Marshal.GetLastPInvokeError();
                if (error == s_wouldBlock) AwaitWritable();
                else if (error != Interrupted) throw new IOException(new Win32Exception(error).Message);
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        private void AwaitWritable()
        {
            var wait = new PollDescriptor { Descriptor = descriptor, Events = WritableEvent };
            _ = Poll(ref wait, 1, -1);
        }

        [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
        private static partial nint WriteTo(int descriptor, in byte bytes, nuint count);

        [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
        private static partial int Poll(ref PollDescriptor descriptors, nuint count, int timeout);

        [StructLayout(LayoutKind.Sequential)]
        private struct PollDescriptor
        {
            public int Descriptor;
            public short Events;
            public short Returned;
        }
    }
}
