using System.Collections.Immutable;
using System.Globalization;

namespace GraphRisk.Cli.Composition;

/// <summary>What a setting's value is.</summary>
internal enum SettingKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>Several texts: a list in a file, commas between in a variable, the option given several times.</summary>
    List,

    /// <summary>Yes or no.</summary>
    Switch,

    /// <summary>A number of a port.</summary>
    Port,

    /// <summary>Seconds, with a fraction or without.</summary>
    Seconds,

    /// <summary>A day.</summary>
    Day,
}

/// <summary>A setting of a server: one notion with a name in a file, a variable and an option of the command line.</summary>
/// <param name="Key">Its name in a file; <c>neo4j:url</c> is <c>url</c> within <c>neo4j</c>.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Option">Its option; null for a secret, which would be seen by all on the machine.</param>
/// <param name="Variable">Its variable of the environment; null where it is asked for on the command line only.</param>
/// <param name="Help">What it says, in a sentence.</param>
internal sealed record Setting(string Key, SettingKind Kind, string? Option, string? Variable, string Help)
{
    /// <summary>Its value where nothing is said; null for none.</summary>
    public string? Standard { get; init; }

    /// <summary>How its value is called in help.</summary>
    public string? HelpName { get; init; }

    /// <summary>The values there are; empty for any.</summary>
    public ImmutableArray<string> OneOf { get; init; } = [];

    /// <summary>Whether its value is shown to nobody.</summary>
    public bool IsSecret => Option is null;

    /// <summary>A value of it as it is shown: nothing of a secret, and of an address not who signs in there, nor with what.</summary>
    public string Shown(string value) => IsSecret ? "***" : WithoutUser(value);

    /// <summary>An address without who signs in there; any other text as it is.</summary>
    public static string WithoutUser(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length > 0 ? text.Replace(address.UserInfo + "@", "***@", StringComparison.Ordinal) : text;

    /// <summary>Its name for people.</summary>
    public string Name => Key.Replace(':', '.');

    /// <summary>Why a text is no value of it; null where it is one.</summary>
    public string? Fault(string text) => Kind switch
    {
        SettingKind.Switch when text is not ("true" or "false" or "1" or "0") => "neither true nor false",
        SettingKind.Port when !ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) => "not a port from 0 to 65535",
        SettingKind.Seconds when !(double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= 3600) => "not a number of seconds from 0 to 3600",
        SettingKind.Day when !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => "not a day such as 2026-06-30",
        _ when !OneOf.IsEmpty && !OneOf.Contains(text) => $"none of {string.Join(", ", OneOf)}",
        _ => null,
    };
}

/// <summary>The settings of a server, in the order in which they are shown.</summary>
internal static class Settings
{
    public static Setting AsOf { get; } = new("asOf", SettingKind.Day, "--as-of", "GRAPHRISK_AS_OF", "Day whose close is looked at; the last day the sources speak of where absent.") { HelpName = "YYYY-MM-DD" };

    public static Setting Port { get; } = new("port", SettingKind.Port, "--port", "GRAPHRISK_PORT", "Port on 127.0.0.1; 0 takes a free one.") { HelpName = "PORT", Standard = "5080" };

    public static Setting Listen { get; } = new("listen", SettingKind.List, "--listen", "GRAPHRISK_LISTEN", "Where to listen, in the place of --port.") { HelpName = "ADDRESS:PORT" };

    public static Setting Certificate { get; } = new("certificate", SettingKind.Text, "--certificate", "GRAPHRISK_CERTIFICATE", "Certificate, PEM or PFX, read again when it changes; its password from GRAPHRISK_CERTIFICATE_PASSWORD.") { HelpName = "FILE" };

    public static Setting CertificateKey { get; } = new("certificateKey", SettingKind.Text, "--certificate-key", "GRAPHRISK_CERTIFICATE_KEY", "PEM of its key, where that is a file of its own.") { HelpName = "FILE" };

    public static Setting CertificatePassword { get; } = new("certificatePassword", SettingKind.Text, null, "GRAPHRISK_CERTIFICATE_PASSWORD", "Password of the certificate or its key.");

    public static Setting Redirect { get; } = new("redirectHttp", SettingKind.Port, "--redirect-http", "GRAPHRISK_REDIRECT_HTTP", "Port where clear text is sent on to TLS.") { HelpName = "PORT" };

    public static Setting Hosts { get; } = new("hosts", SettingKind.List, "--host", "GRAPHRISK_HOSTS", "Name by which the server is reached; *.example.cn for all below one.") { HelpName = "NAME" };

    public static Setting Proxies { get; } = new("proxies", SettingKind.List, "--proxy", "GRAPHRISK_PROXIES", "Address or network (10.0.0.0/8) of a proxy whose X-Forwarded-For and -Proto are taken.") { HelpName = "ADDRESS" };

    public static Setting ProxyEndsTls { get; } = new("proxyEndsTls", SettingKind.Switch, "--proxy-ends-tls", "GRAPHRISK_PROXY_ENDS_TLS", "The proxy ends TLS, so this server needs no certificate.");

    public static Setting SignIn { get; } = new("signIn", SettingKind.Text, "--sign-in", "GRAPHRISK_SIGN_IN", "JSON: authority, audience and how claims are read.") { HelpName = "FILE" };

    public static Setting Authority { get; } = new("authority", SettingKind.Text, "--authority", "GRAPHRISK_AUTHORITY", "OpenID Connect provider whose tokens are taken.") { HelpName = "URL" };

    public static Setting Audience { get; } = new("audience", SettingKind.Text, "--audience", "GRAPHRISK_AUDIENCE", "What its tokens name in 'aud'.") { HelpName = "NAME" };

    public static Setting DevelopmentTokens { get; } = new("developmentTokens", SettingKind.Switch, "--development-tokens", null, "Take tokens that 'graphrisk token' prints; on this machine only.");

    public static Setting TrustedDocuments { get; } = new("trustedDocuments", SettingKind.Text, "--trusted-documents", "GRAPHRISK_TRUSTED_DOCUMENTS", "Folder of .graphql files, or a manifest, that may be asked for by SHA-256.") { HelpName = "PATH" };

    public static Setting OnlyTrusted { get; } = new("onlyTrusted", SettingKind.Switch, "--only-trusted", "GRAPHRISK_ONLY_TRUSTED", "Answer no other documents; the explorer, which asks for the schema, then shows none.");

    public static Setting Keys { get; } = new("keys", SettingKind.Text, "--keys", "GRAPHRISK_KEYS", "Folder of keys that several servers share; that of the data folder where absent.") { HelpName = "DIR" };

    public static Setting Models { get; } = new("models", SettingKind.Text, "--models", "GRAPHRISK_MODELS", "Folder of models that several servers share; that of the data folder where absent.") { HelpName = "DIR" };

    public static Setting AuditHeads { get; } = new("auditHeads", SettingKind.Text, "--audit-heads", "GRAPHRISK_AUDIT_HEADS", "File of the audit trail's sealed heads; beside the keys where absent.") { HelpName = "FILE" };

    public static Setting Freshness { get; } = new("freshness", SettingKind.Seconds, "--freshness", "GRAPHRISK_FRESHNESS", "Seconds after which what other servers wrote to Neo4j is seen.") { HelpName = "SECONDS", Standard = "1" };

    public static Setting Log { get; } = new("log", SettingKind.Text, "--log", "GRAPHRISK_LOG", "How lines on standard error are written: text, or one JSON object a line.") { HelpName = "json|text", Standard = "text", OneOf = ["text", "json"] };

    public static Setting LogLevel { get; } = new("logLevel", SettingKind.Text, "--log-level", "GRAPHRISK_LOG_LEVEL", "The least that is told: information has a line for each question.") { HelpName = "LEVEL", Standard = "information", OneOf = ["information", "warning", "error"] };

    public static Setting SlowQuestion { get; } = new("slowQuestion", SettingKind.Seconds, "--slow-question", "GRAPHRISK_SLOW_QUESTION", "Seconds from which a question is told as a slow one, with the hash of its document and what it cost; 0 for none.") { HelpName = "SECONDS", Standard = "2" };

    public static Setting MetricsListen { get; } = new("metricsListen", SettingKind.Text, "--metrics-listen", "GRAPHRISK_METRICS_LISTEN", "Address of its own for /metrics, open to all who reach it; where absent /metrics is given to this machine alone, by a server that is reached from nowhere else.") { HelpName = "ADDRESS:PORT" };

    public static Setting Collector { get; } = new("otlp", SettingKind.Text, "--otlp", "GRAPHRISK_OTLP", "Collector that takes measurements and spans by OTLP over HTTP, such as http://127.0.0.1:4318.") { HelpName = "URL" };

    /// <summary>The settings of a store on Neo4j; their variables are those that <see cref="Stores.Neo4j.Neo4jOptions"/> reads.</summary>
    public static ImmutableArray<Setting> Neo4j { get; } =
    [
        new("neo4j:url", SettingKind.Text, "--neo4j-url", "GRAPHRISK_NEO4J_URL", "Neo4j server that holds the store, such as http://127.0.0.1:7474; the embedded store where absent.") { HelpName = "URL" },
        new("neo4j:database", SettingKind.Text, "--neo4j-database", "GRAPHRISK_NEO4J_DATABASE", "Its database.") { HelpName = "NAME", Standard = "neo4j" },
        new("neo4j:user", SettingKind.Text, "--neo4j-user", "GRAPHRISK_NEO4J_USER", "Its user; the password from GRAPHRISK_NEO4J_PASSWORD, or a token from GRAPHRISK_NEO4J_TOKEN.") { HelpName = "NAME", Standard = "neo4j" },
        new("neo4j:password", SettingKind.Text, null, "GRAPHRISK_NEO4J_PASSWORD", "The user's password."),
        new("neo4j:token", SettingKind.Text, null, "GRAPHRISK_NEO4J_TOKEN", "A token in the place of user and password."),
        new("neo4j:certificate", SettingKind.Text, "--neo4j-certificate", "GRAPHRISK_NEO4J_CERTIFICATE", "PEM of an authority of your own that signs the server's certificate.") { HelpName = "FILE" },
    ];

    /// <summary>All of them.</summary>
    public static ImmutableArray<Setting> All { get; } =
    [
        AsOf, Port, Listen, Certificate, CertificateKey, CertificatePassword, Redirect, Hosts, Proxies, ProxyEndsTls,
        SignIn, Authority, Audience, DevelopmentTokens, TrustedDocuments, OnlyTrusted, Keys, Models, AuditHeads, Freshness,
        .. Neo4j, Log, LogLevel, SlowQuestion, MetricsListen, Collector,
    ];
}
