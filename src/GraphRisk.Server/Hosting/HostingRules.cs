using System.Net;
using GraphRisk.Server.Http;

namespace GraphRisk.Server.Hosting;

/// <summary>
/// What a server refuses to start with, read from top to bottom. Loopback asks for nothing; whoever goes beyond it says who
/// signs people in, how the line is kept secret and by what name the server is reached.
/// </summary>
internal static class HostingRules
{
    private static readonly (Func<ServerOptions, bool> Offends, string Message)[] Table =
    [
        (options => options.Authority is not null && options.DevelopmentTokens,
            "Development tokens and an authority exclude each other: with an authority only its tokens are taken."),
        (options => options.DemoViewer is not null && !options.DevelopmentTokens,
            "The demo hands out development tokens, so they must be taken."),
        (options => options.Hosting.IsBeyondLoopback && options.DevelopmentTokens,
            "Development tokens are never taken beyond this machine: name an authority instead."),
        (options => options.Hosting.IsBeyondLoopback && options.Authority is null,
            "Listening beyond this machine needs an authority that signs people in."),
        (options => options.Hosting is { IsBeyondLoopback: true, Certificate: null, ProxyEndsTls: false },
            "Listening beyond this machine needs TLS: name a certificate, or say that a proxy ends TLS before the server."),
        (options => options.Hosting is { ProxyEndsTls: true, Proxies.IsEmpty: true },
            "A proxy that ends TLS must be named, or its word on the scheme is not taken."),
        (options => options.Hosting is { IsBeyondLoopback: true, Hosts.IsEmpty: true },
            "Listening beyond this machine needs the names by which the server is reached."),
        (options => options.Hosting.Hosts.Any(host => host.Length == 0 || host.TrimStart('*', '.').Length == 0),
            "A host is a name, or all names below one: *.example.cn."),
        (options => options.Hosting is { RedirectPort: not null, Certificate: null },
            "Clear text can be sent on to TLS only where there is a certificate."),
        (options => options.Hosting.Proxies.Any(proxy => proxy.PrefixLength == 0),
            "Every address as a proxy would let anybody say where a request comes from."),
        (options => AddressesOf(options).ToList() is var all && all.Where((one, at) => all.Take(at).Any(other => Meet(one, other))).Any(),
            "One port is named twice for one address: a server listens there once."),
        (options => options.Hosting.RedirectPort is > 0 and var port && (options.Observability.MetricsListen?.Port == port || AddressesOf(options).Any(one => one.Port == port)),
            "The port where clear text is sent on to TLS is one where the server listens already."),
        (options => options.Observability.MetricsListen is { Port: > 0 } own && AddressesOf(options).Any(one => Meet(one, own)),
            "Measurements have an address of their own: a port where the server itself listens cannot be it."),
    ];

    /// <summary>Checks a server's options.</summary>
    /// <exception cref="HostingException">They offend a rule.</exception>
    public static void Check(ServerOptions options)
    {
        foreach (var (offends, message) in Table)
        {
            if (offends(options)) throw new HostingException(message);
        }
        if (options.Authority?.Fault() is { } fault) throw new HostingException(fault);
    }

    private static bool Meet(IPEndPoint one, IPEndPoint other) =>
        one.Port > 0 && one.Port == other.Port && (one.Address.Equals(other.Address) || IsAny(one.Address) || IsAny(other.Address));

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>The addresses to listen on.</summary>
    public static IEnumerable<IPEndPoint> AddressesOf(ServerOptions options) =>
        options.Hosting.Addresses.IsEmpty ? [new IPEndPoint(IPAddress.Loopback, options.Port)] : options.Hosting.Addresses;
}
