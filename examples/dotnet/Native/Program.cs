using Actors.Zmtp;

// A ZeroMQ client as one native file: asks a REP server of any language, with CURVE when the server's public key is given.
//
//   dotnet publish examples/dotnet/Native -r linux-x64 --output ask
//   ask/ask tcp://localhost:5555 "are you there?"
//   ask/ask tcp://localhost:5555 "are you there?" "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
if (args.Length is not (2 or 3))
{
    Console.Error.WriteLine("usage: ask ENDPOINT QUESTION [PUBLIC-KEY-OF-THE-SERVER]");
    return 2;
}

using var request = new RequestSocket();
if (args.Length == 3)
{
    request.Options.CurveKeys = new CurveKeyPair();
    request.Options.CurveServerKey = CurveKeyPair.FromPublicKey(args[2]).PublicKey;
}

request.Connect(args[0]);
request.SendFrame(args[1]);
if (request.TryReceiveFrameString(TimeSpan.FromSeconds(30), out var reply))
{
    Console.WriteLine(reply);
    return 0;
}

Console.Error.WriteLine($"no reply from {args[0]} within 30 s");
return 1;
