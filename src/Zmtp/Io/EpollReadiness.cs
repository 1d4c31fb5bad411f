using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Actors.Zmtp.Io;

/// <summary>Readiness by epoll(7), woken by an eventfd(2).</summary>
internal sealed partial class EpollReadiness : IReadiness
{
    private const int MaxEvents = 128;
    private const int WakeId = 0;

    private readonly int _epoll;
    private readonly int _event;
    private readonly byte[] _events = GC.AllocateArray<byte>(MaxEvents * Event.MaxSize, pinned: true);
    private readonly Dictionary<nint, Entry> _entries = [];
    private readonly Dictionary<long, Entry> _byId = [];
    private long _lastId = WakeId;

    public EpollReadiness()
    {
        _epoll = Check(epoll_create1(0x80000), nameof(epoll_create1));
        _event = Check(eventfd(0, 0x80000 | 0x800), nameof(eventfd));
        Control(Add, _event, EventIn, WakeId);
    }

    public static bool IsSupported => OperatingSystem.IsLinux() && !PortableIo.IsForced;

    private const int Add = 1;
    private const int Delete = 2;
    private const int Modify = 3;
    private const uint EventIn = 0x001;
    private const uint EventOut = 0x004;
    private const uint EventError = 0x008;
    private const uint EventHangup = 0x010;

    public void Watch(Socket socket, IReadyHandler handler, Ready interest)
    {
        uint events = (interest.HasFlag(Ready.Read) ? EventIn : 0) | (interest.HasFlag(Ready.Write) ? EventOut : 0);
        nint descriptor = socket.Handle;
        if (_entries.TryGetValue(descriptor, out Entry? entry))
        {
            entry.Handler = handler;
            if (entry.Events != events)
            {
                entry.Events = events;
                Control(Modify, (int)descriptor, events, entry.Id);
            }
        }
        else
        {
            entry = new Entry(++_lastId, handler) { Events = events };
            Control(Add, (int)descriptor, events, entry.Id);
            _entries.Add(descriptor, entry);
            _byId.Add(entry.Id, entry);
        }
    }

    public void Forget(Socket socket)
    {
        nint descriptor = socket.Handle;
        if (_entries.Remove(descriptor, out Entry? entry))
        {
            _byId.Remove(entry.Id);
            Control(Delete, (int)descriptor, 0, 0);
        }
    }

    public unsafe bool Wait(int milliseconds)
    {
        int count;
        fixed (byte* events = _events)
        {
            count = milliseconds == 0
                ? epoll_wait_now(_epoll, events, MaxEvents, 0)
                : epoll_wait(_epoll, events, MaxEvents, milliseconds);
        }

        if (count < 0)
        {
            // Only a wait can be interrupted; what is wrong with a look is wrong with the next wait too.
            int error = Marshal.GetLastPInvokeError();
            const int interrupted = 4;
            if (milliseconds != 0 && error != interrupted)
            {
                throw new Win32Exception(error, "epoll_wait failed");
            }

            return false;
        }

        for (int i = 0; i < count; i++)
        {
            (uint events, long id) = Event.Read(_events, i);
            if (id == WakeId)
            {
                ulong value;
                read(_event, &value, sizeof(ulong));
                continue;
            }

            // A handler before this one may have ended the watching.
            if (_byId.TryGetValue(id, out Entry? entry))
            {
                Ready ready = Ready.None;
                if ((events & (EventIn | EventError | EventHangup)) != 0)
                {
                    ready |= Ready.Read;
                }

                if ((events & (EventOut | EventError | EventHangup)) != 0)
                {
                    ready |= Ready.Write;
                }

                entry.Handler.Tell(ready);
            }
        }

        return count > 0;
    }

    public unsafe void Wake()
    {
        ulong one = 1;
        write(_event, &one, sizeof(ulong));
    }

    public void Dispose()
    {
        close(_event);
        close(_epoll);
    }

    private unsafe void Control(int operation, int descriptor, uint events, long id)
    {
        byte* buffer = stackalloc byte[Event.MaxSize];
        Event.Write(buffer, events, id);
        Check(epoll_ctl(_epoll, operation, descriptor, buffer), nameof(epoll_ctl));
    }

    private static int Check(int result, string call)
    {
        if (result < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            throw new Win32Exception(error, $"{call} failed: {Marshal.GetPInvokeErrorMessage(error)}");
        }

        return result;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int eventfd(uint value, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int epoll_ctl(int epoll, int operation, int descriptor, byte* @event);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int epoll_wait(int epoll, byte* events, int count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    [SuppressGCTransition]
    private static unsafe partial int epoll_wait_now(int epoll, byte* events, int count, int milliseconds);

    [LibraryImport("libc")]
    private static unsafe partial nint read(int descriptor, void* buffer, nint count);

    [LibraryImport("libc")]
    private static unsafe partial nint write(int descriptor, void* buffer, nint count);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);

    private sealed class Entry(long id, IReadyHandler handler)
    {
        public long Id { get; } = id;

        public IReadyHandler Handler { get; set; } = handler;

        public uint Events { get; set; }
    }

    /// <summary>struct epoll_event, which is packed on x86-64 and on no other machine.</summary>
    private static class Event
    {
        public const int MaxSize = 16;

        private static readonly bool s_packed = RuntimeInformation.ProcessArchitecture == Architecture.X64;

        public static unsafe void Write(byte* buffer, uint events, long id)
        {
            *(uint*)buffer = events;
            *(long*)(buffer + (s_packed ? 4 : 8)) = id;
        }

        public static (uint Events, long Id) Read(byte[] events, int index)
        {
            int offset = index * (s_packed ? 12 : 16);
            return (BitConverter.ToUInt32(events, offset), BitConverter.ToInt64(events, offset + (s_packed ? 4 : 8)));
        }
    }
}
