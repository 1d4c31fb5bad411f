namespace Actors.Hosting.Configuration;

/// <summary>A mechanism as a file names it.</summary>
internal enum MechanismWord
{
    Null,
    Plain,
    Curve,
}

/// <summary>The keys of the section <c>security</c>, and who has them.</summary>
internal static class SecurityKeys
{
    public static readonly Key Section = new("security", KeyType.Section, null, "The security mechanism of the socket (docs/security.md); absent, none: anyone who reaches the endpoint may connect.");

    /// <summary>Of a reply role's queue section, whose sockets have the role's mechanism otherwise.</summary>
    public static readonly Key ToQueue = Section with { Description = "The security mechanism of the sockets to the queues; absent, that of the role." };

    public static readonly Key Mechanism = new(
        "mechanism",
        KeyType.Choice<MechanismWord?>(("null", MechanismWord.Null), ("plain", MechanismWord.Plain), ("curve", MechanismWord.Curve)),
        "\"null\"",
        "null: none. plain: user name and password in clear text, on the engine zmtp only. curve: encryption, with keys of both ends. Both ends need the same.");

    public static readonly Key KeyFile = new("key-file", KeyType.Text, null, "Of curve: the file with this end's key pair, which `actors keygen FILE` makes. A server needs one; a client without it gets a fresh pair each run.");
    public static readonly Key ServerKey = new("server-key", KeyType.Text, null, "Of curve: the server's public key, 40 characters of Z85 or a file that has it. With it this end is the client, without it the server.");
    public static readonly Key Clients = new("clients", KeyType.Text, null, "Of a curve server: the file with the public keys of the clients that may connect, one a line with an optional name, read again when it changes; \"any\" lets everyone in who knows the server's key. The engine netmq has \"any\" only.");
    public static readonly Key Username = new("username", KeyType.Text, null, "Of plain: the user name of a client.");
    public static readonly Key Password = new("password", KeyType.Secret, null, "Of plain: the password of a client. ${VARIABLE} takes it from the environment.");
    public static readonly Key Users = new("users", KeyType.Text, null, "Of a plain server: the file with the users that may connect, NAME PASSWORD a line, read again when it changes.");

    public static readonly IReadOnlyList<Key> OfCurve = [KeyFile, ServerKey, Clients];
    public static readonly IReadOnlyList<Key> OfPlain = [Username, Password, Users];
    public static readonly IReadOnlyList<Key> All = [Mechanism, .. OfCurve, .. OfPlain];
}
