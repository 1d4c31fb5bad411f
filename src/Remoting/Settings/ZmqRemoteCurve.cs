using Actors.Remoting.Settings;
using Actors.Zmtp;

namespace Actors.Remoting;

/// <summary>
/// Encryption and keys (CURVE) between nodes. Each node has a pair of its own, and the public keys of all; or all share one pair.
/// The text of the record does not show the secret key.
/// </summary>
public sealed record ZmqRemoteCurve
{
    /// <summary>The secret key of this node, 40 characters of Z85; or empty, for <see cref="SecretKeyFile"/>.</summary>
    public string SecretKey { get; init; } = "";

    /// <summary>The file that has the secret key: as <c>actors keygen</c>, CZMQ and pyzmq write it, or nothing but the key. Or empty.</summary>
    public string SecretKeyFile { get; init; } = "";

    /// <summary>The public keys of the nodes that may connect and are connected to, 40 characters of Z85 each.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"CURVE, secret-key-file = {SecretKeyFile}, allowed = [{string.Join(", ", Allowed)}]";

    internal void Validate(SettingCheck check)
    {
        check.Expect(SecretKey.Length == 0 || SecretKeyFile.Length == 0, "curve.secret-key-file", SecretKeyFile, "nothing, since curve.secret-key is set");
        ResolveKeys();
        check.Expect(Allowed.Count > 0, "curve.allowed", "[]", "the public keys of the nodes of the cluster, 40 characters of Z85 each");
        foreach (var key in Allowed) check.Expect(IsKey(key), "curve.allowed", key, "a public key, 40 characters of Z85");
    }

    /// <exception cref="Akka.Configuration.ConfigurationException">There is no secret key.</exception>
    internal CurveKeyPair ResolveKeys()
    {
        var check = default(SettingCheck);
        var (key, text) = SecretKey.Length > 0 ? ("curve.secret-key", SecretKey) : ("curve.secret-key-file", Settings.SecretKeyFile.Read(check, SecretKeyFile));
        try
        {
            return CurveKeyPair.FromSecretKey(text);
        }
        catch (ArgumentException)
        {
            throw check.Fault(key, $"has a secret key of {text.Length} characters, which is none", "40 characters of Z85");
        }
    }

    private static bool IsKey(string key)
    {
        try
        {
            CurveKeyPair.FromPublicKey(key);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
