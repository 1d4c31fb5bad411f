using Actors.Zmtp;

namespace Fuzz;

/// <summary>Keys in Z85 that are damaged: each is refused with an ArgumentException, or gives a key that is written the same.</summary>
internal sealed class Z85Session : IFuzzSession
{
    private readonly string _key = new CurveKeyPair().PublicKeyZ85;

    public void Run(Random random)
    {
        var octets = Mutation.Of(System.Text.Encoding.Latin1.GetBytes(_key), random);
        var text = System.Text.Encoding.Latin1.GetString(octets);
        CurveKeyPair certificate;
        try
        {
            certificate = CurveKeyPair.FromPublicKey(text);
        }
        catch (ArgumentException)
        {
            return;
        }
        if (certificate.PublicKeyZ85 != text) throw new InvalidOperationException($"\"{text}\" was read as the key \"{certificate.PublicKeyZ85}\"");
    }

    public void CheckAlive()
    {
        if (CurveKeyPair.FromPublicKey(_key).PublicKeyZ85 != _key) throw new InvalidOperationException($"\"{_key}\" is not read any more");
    }

    public void Dispose()
    {
    }
}
