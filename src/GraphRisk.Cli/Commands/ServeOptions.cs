using System.Globalization;
using System.Net;
using GraphRisk.Cli.Composition;
using GraphRisk.Server.Hosting;
using GraphRisk.Server.Http;
using GraphRisk.Server.Observability;
using GraphRisk.Server.SignIn;
using Microsoft.Extensions.Logging;

namespace GraphRisk.Cli.Commands;

/// <summary>How a server is run by the values of its settings.</summary>
internal static class ServeOptions
{
    /// <summary>How to run a server over a data folder.</summary>
    /// <param name="values">The values.</param>
    /// <param name="standard">What is said elsewhere.</param>
    /// <param name="log">Where it tells what it does.</param>
    /// <exception cref="UserErrorException">A value cannot be understood.</exception>
    public static ServerOptions Of(SettingValues values, ServerOptions standard, OperatorLog log)
    {
        var (file, url, name) = (values.Text(Settings.SignIn), values.Text(Settings.Authority), values.Text(Settings.Audience));
        var certificate = values.Text(Settings.Certificate);
        return WithTrusted(values, standard) with
        {
            Port = Of(values, Settings.Port, values.Text(Settings.Port)!, PortOf),
            DevelopmentTokens = values.IsOn(Settings.DevelopmentTokens),
            Authority = file is null && url is null ? null : SignInFile.Read(file, url, name),
            Hosting = new HostingOptions
            {
                Addresses = [.. values.Find(Settings.Listen).Values.Select(one => Of(values, Settings.Listen, one, AddressOf))],
                Certificate = certificate is null ? null : new CertificateOptions(certificate, values.Text(Settings.CertificateKey), values.Text(Settings.CertificatePassword)),
                RedirectPort = values.Text(Settings.Redirect) is { } text ? Of(values, Settings.Redirect, text, PortOf) : null,
                Hosts = [.. values.Find(Settings.Hosts).Values],
                Proxies = [.. values.Find(Settings.Proxies).Values.Select(one => Of(values, Settings.Proxies, one, NetworkOf))],
                ProxyEndsTls = values.IsOn(Settings.ProxyEndsTls),
            },
            Observability = new ObservabilityOptions
            {
                Log = log,
                SlowQuestion = values.Time(Settings.SlowQuestion) is { Ticks: > 0 } slow ? slow : null,
                HasMetrics = true,
                MetricsListen = values.Text(Settings.MetricsListen) is { } address ? Of(values, Settings.MetricsListen, address, AddressOf) : null,
                Collector = values.Text(Settings.Collector) is { } collector ? Of(values, Settings.Collector, collector, CollectorOf) : null,
            },
        };
    }

    /// <summary>The documents that may be asked for by their hash, and whether others are answered.</summary>
    /// <exception cref="UserErrorException">They can't be read, or none are named where only they are answered.</exception>
    public static ServerOptions WithTrusted(SettingValues values, ServerOptions standard)
    {
        var only = values.IsOn(Settings.OnlyTrusted);
        if (values.Text(Settings.TrustedDocuments) is not { } path)
            return only ? throw new UserErrorException($"{Settings.OnlyTrusted.Option} needs {Settings.TrustedDocuments.Option}.") : standard;
        try
        {
            return standard with { Trusted = TrustedDocuments.Read(path, standard.Limits), OnlyTrusted = only };
        }
        catch (InvalidDataException fault)
        {
            throw new UserErrorException(fault.Message);
        }
    }

    /// <summary>The log a server writes on standard error.</summary>
    public static OperatorLog LogOf(SettingValues values, Host host) => new(
        host.Error,
        values.Text(Settings.Log) == "json" ? LogFormat.Json : LogFormat.Text,
        Enum.Parse<LogLevel>(values.Text(Settings.LogLevel)!, ignoreCase: true),
        host.Clock);

    /// <summary>What a value says.</summary>
    /// <exception cref="UserErrorException">It cannot be understood; the message names where it was said and the setting.</exception>
    private static T Of<T>(SettingValues values, Setting setting, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (UserErrorException fault)
        {
            throw new UserErrorException($"{values.Find(setting).From}: '{setting.Name}': {fault.Message}");
        }
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

    private static Uri CollectorOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            ? address
            : throw new UserErrorException($"'{Setting.WithoutUser(text)}' is no http or https address of a collector without who signs in; what it asks of senders goes into OTEL_EXPORTER_OTLP_HEADERS.");
}
