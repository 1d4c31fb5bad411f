using Actors.Zmtp;

namespace Benchmarks.Wire.Peers;

/// <summary>The test keys of libzmq's manual, zmq_curve(7), which the C program has as well.</summary>
internal static class CurveKeys
{
    private static readonly CurveKeyPair Server = new("JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6", "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7");
    private static readonly CurveKeyPair Client = new("D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs", "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID");

    public static void Serve(ZmqSocket socket)
    {
        socket.Options.CurveServer = true;
        socket.Options.CurveKeys = Server;
    }

    public static void Use(ZmqSocket socket)
    {
        socket.Options.CurveServerKey = Server.PublicKey;
        socket.Options.CurveKeys = Client;
    }
}
