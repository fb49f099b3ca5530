using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Net;
using GraphRisk.Cli.Composition;
using GraphRisk.Server.Hosting;
using GraphRisk.Server.Http;
using GraphRisk.Server.SignIn;

namespace GraphRisk.Cli.Commands;

/// <summary>
/// The options of <c>serve</c> that say who signs people in and where to listen. Each stands in a variable of the environment
/// too, lists with commas between; the command line goes first. Development tokens are asked for on the command line only.
/// </summary>
internal sealed class ServeOptions
{
    private readonly Option<int> port = CommonOptions.Port(5080);
    private readonly Option<bool> development = new("--development-tokens") { Description = "Take tokens that 'graphrisk token' prints; on this machine only." };
    private readonly Option<string?> signIn = Text("--sign-in", "FILE", "JSON: authority, audience and how claims are read.", SignIn);
    private readonly Option<string?> authority = Text("--authority", "URL", "OpenID Connect provider whose tokens are taken.", Authority);
    private readonly Option<string?> audience = Text("--audience", "NAME", "What its tokens name in 'aud'.", Audience);
    private readonly Option<string[]> listen = List("--listen", "ADDRESS:PORT", "Where to listen, in the place of --port.", Listen);
    private readonly Option<string?> certificate = Text("--certificate", "FILE", $"Certificate, PEM or PFX, read again when it changes; its password from {Password}.", Certificate);
    private readonly Option<string?> certificateKey = Text("--certificate-key", "FILE", "PEM of its key, where that is a file of its own.", CertificateKey);
    private readonly Option<string?> redirect = Text("--redirect-http", "PORT", "Port where clear text is sent on to TLS.", Redirect);
    private readonly Option<string[]> host = List("--host", "NAME", "Name by which the server is reached; *.example.cn for all below one.", Hosts);
    private readonly Option<string[]> proxy = List("--proxy", "ADDRESS", "Address or network (10.0.0.0/8) of a proxy whose X-Forwarded-For and -Proto are taken.", Proxies);
    private readonly Option<bool> proxyEndsTls = new("--proxy-ends-tls") { Description = $"The proxy ends TLS, so this server needs no certificate. ({ProxyEndsTls})" };

    private const string SignIn = "GRAPHRISK_SIGN_IN";
    private const string Authority = "GRAPHRISK_AUTHORITY";
    private const string Audience = "GRAPHRISK_AUDIENCE";
    private const string Listen = "GRAPHRISK_LISTEN";
    private const string Certificate = "GRAPHRISK_CERTIFICATE";
    private const string CertificateKey = "GRAPHRISK_CERTIFICATE_KEY";
    private const string Password = "GRAPHRISK_CERTIFICATE_PASSWORD";
    private const string Redirect = "GRAPHRISK_REDIRECT_HTTP";
    private const string Hosts = "GRAPHRISK_HOSTS";
    private const string Proxies = "GRAPHRISK_PROXIES";
    private const string ProxyEndsTls = "GRAPHRISK_PROXY_ENDS_TLS";

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[port, development, signIn, authority, audience, listen, certificate, certificateKey, redirect, host, proxy, proxyEndsTls])
            command.Add(option);
    }

    /// <summary>How to run a server over a data folder.</summary>
    /// <exception cref="UserErrorException">An option or a variable cannot be understood.</exception>
    public ServerOptions Read(ParseResult parsed, Host from, ServerOptions standard)
    {
        string? Value(Option<string?> option, string variable) =>
            parsed.GetValue(option) ?? (from.Variable(variable) is { Length: > 0 } text ? text : null);
        string[] Values(Option<string[]> option, string variable) => parsed.GetValue(option) is { Length: > 0 } given
            ? given
            : from.Variable(variable)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

        var (file, url, name) = (Value(signIn, SignIn), Value(authority, Authority), Value(audience, Audience));
        var path = Value(certificate, Certificate);
        return standard with
        {
            Port = parsed.GetValue(port),
            DevelopmentTokens = parsed.GetValue(development),
            Authority = file is null && url is null ? null : SignInFile.Read(file, url, name),
            Hosting = new HostingOptions
            {
                Addresses = [.. Values(listen, Listen).Select(AddressOf)],
                Certificate = path is null ? null : new CertificateOptions(
                    path, Value(certificateKey, CertificateKey), from.Variable(Password) is { Length: > 0 } password ? password : null),
                RedirectPort = Value(redirect, Redirect) is { } text ? PortOf(text) : null,
                Hosts = [.. Values(host, Hosts)],
                Proxies = [.. Values(proxy, Proxies).Select(NetworkOf)],
                ProxyEndsTls = parsed.GetValue(proxyEndsTls) || from.Variable(ProxyEndsTls) is "1" or "true",
            },
        };
    }

    private static IPEndPoint AddressOf(string text)
    {
        var colon = text.LastIndexOf(':');
        var address = colon > 0 ? text[..colon] : "";
        if (address == "localhost") address = "127.0.0.1";
        return IPAddress.TryParse(address.Trim('[', ']'), out var parsed) && (!address.Contains(':', StringComparison.Ordinal) || address[0] == '[')
            ? new IPEndPoint(parsed, PortOf(text[(colon + 1)..]))
            : throw new UserErrorException($"'{text}' is no address to listen on; write 0.0.0.0:443 or [::]:443.");
    }

    private static int PortOf(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : throw new UserErrorException($"'{text}' is no port.");

    private static IPNetwork NetworkOf(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new UserErrorException($"'{text}' is no address or network of a proxy.");

    private static Option<string?> Text(string name, string help, string description, string variable) =>
        new(name) { Description = $"{description} ({variable})", HelpName = help };

    private static Option<string[]> List(string name, string help, string description, string variable) =>
        new(name) { Description = $"{description} ({variable})", HelpName = help, AllowMultipleArgumentsPerToken = false };
}
