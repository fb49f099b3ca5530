using System.Collections.Immutable;
using System.Net;

namespace GraphRisk.Server.Hosting;

/// <summary>Where a server listens and by what way requests reach it. As it stands: the loopback address, in clear text.</summary>
public sealed record HostingOptions
{
    /// <summary>Addresses to listen on; the loopback address at the server's port where empty.</summary>
    public ImmutableArray<IPEndPoint> Addresses { get; init; } = [];

    /// <summary>The certificate of every address; null for clear text.</summary>
    public CertificateOptions? Certificate { get; init; }

    /// <summary>Port on the same addresses where clear text is sent on to TLS; null for none.</summary>
    public int? RedirectPort { get; init; }

    /// <summary>A proxy that is named ends TLS before the server.</summary>
    public bool ProxyEndsTls { get; init; }

    /// <summary>Proxies whose word on a request's client and scheme (<c>X-Forwarded-For</c>, <c>-Proto</c>) is taken; nobody else's is.</summary>
    public ImmutableArray<IPNetwork> Proxies { get; init; } = [];

    /// <summary>Names by which the server is reached, <c>*.example.cn</c> for all below one; the loopback's own where empty.</summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>Whether requests can come from another machine, straight or through a proxy.</summary>
    public bool IsBeyondLoopback => ProxyEndsTls || !Proxies.IsEmpty || !Hosts.IsEmpty || Addresses.Any(address => !IPAddress.IsLoopback(address.Address));
}

/// <summary>A certificate with its key, in files that may be replaced while the server runs.</summary>
/// <param name="Path">PEM, the certificate first and those between it and the root after it, or PFX.</param>
/// <param name="KeyPath">PEM of the key; null where it stands in the first file.</param>
/// <param name="Password">Of the key or the PFX; null for none.</param>
public sealed record CertificateOptions(string Path, string? KeyPath = null, string? Password = null);

/// <summary>A way of hosting that would leave a door open; the message says what to add.</summary>
public sealed class HostingException(string message) : Exception(message);
