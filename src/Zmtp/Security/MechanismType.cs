namespace Actors.Zmtp;

/// <summary>The security mechanisms of ZMTP.</summary>
internal enum MechanismType
{
    /// <summary>Neither authentication nor confidentiality.</summary>
    Null,

    /// <summary>User name and password, in clear text (https://rfc.zeromq.org/spec/24/).</summary>
    Plain,

    /// <summary>Authenticated encryption with keys of both ends (https://rfc.zeromq.org/spec/25/).</summary>
    Curve,
}
