using System.CommandLine;
using GraphRisk.Cli.Composition;
using GraphRisk.Scoring.Texts;
using GraphRisk.Server.Security;
using GraphRisk.Stores.Neo4j;

namespace GraphRisk.Cli.Commands;

/// <summary>Options that several commands share; each call makes a new one, since an option belongs to one command.</summary>
internal static class CommonOptions
{
    public static Option<DirectoryInfo> Data() => new("--data")
    {
        Description = "Folder of the store, snapshots, models, search index and quarantine.",
        HelpName = "DIR",
        DefaultValueFactory = _ => new DirectoryInfo("data"),
    };

    public static Option<int> Port(int standard) => new("--port")
    {
        Description = "Port on 127.0.0.1; 0 takes a free one.",
        HelpName = "PORT",
        DefaultValueFactory = _ => standard,
    };

    public static Option<bool> Json() => new("--json") { Description = "Write the answer as one JSON document." };

    /// <summary>EN or ZH.</summary>
    /// <param name="what">What is told in the language.</param>
    public static Option<string> Language(string what)
    {
        var option = new Option<string>("--language") { Description = $"Language of {what}: EN or ZH.", DefaultValueFactory = _ => "EN" };
        option.AcceptOnlyFromAmong("EN", "ZH");
        return option;
    }

    /// <summary>The language that was typed.</summary>
    public static Language Language(this ParseResult parsed, Option<string> option) => parsed.GetValue(option) == "ZH" ? Scoring.Texts.Language.Chinese : Scoring.Texts.Language.English;

    public static Option<ulong> Seed() => new("--seed")
    {
        Description = "Seed of everything random.",
        DefaultValueFactory = _ => 7,
    };

    public static Option<DateOnly?> AsOf() => new("--as-of")
    {
        Description = "Day whose close is looked at; the last day the sources speak of where absent.",
        HelpName = "YYYY-MM-DD",
    };

    public static Option<DateTimeOffset?> KnownAt() => new("--known-at")
    {
        Description = "Instant whose knowledge is looked at; all that is known now where absent.",
        HelpName = "INSTANT",
    };

    /// <summary>What data leaves the platform for; required where it does.</summary>
    public static Option<string?> Purpose(string description, bool isRequired) => new("--purpose")
    {
        Description = $"{description} It is filed in the audit trail: {string.Join(", ", PurposeCatalog.Default.Purposes.Select(purpose => purpose.Id))}.",
        Required = isRequired,
    };

    /// <summary>The purpose that was typed.</summary>
    /// <exception cref="UserErrorException">There is no such purpose.</exception>
    public static Purpose Purpose(this ParseResult parsed, Option<string?> option) =>
        PurposeCatalog.Default.Find(parsed.GetValue(option))
            ?? throw new UserErrorException($"'{parsed.GetValue(option)}' is no purpose. Purposes: {string.Join(", ", PurposeCatalog.Default.Purposes.Select(purpose => purpose.Id))}.");

    /// <summary>The data folder of a command that only asks: it must hold a store, which is not made here.</summary>
    /// <exception cref="UserErrorException">It holds none, and no server of Neo4j is named either.</exception>
    /// <exception cref="Graph.Store.StoreUnavailableException">It holds none any more.</exception>
    public static DataFolder FilledFolder(this ParseResult parsed, Option<DirectoryInfo> option, Host host)
    {
        var folder = new DataFolder(parsed.GetValue(option)!.FullName);
        if (Neo4jOptions.FromEnvironment(host.In(folder.Path).Variable) is null) StoreGuard.Require(folder);
        return parsed.Folder(option);
    }

    /// <summary>The data folder of a command that makes a store, or needs none; made where it is missing.</summary>
    public static DataFolder Folder(this ParseResult parsed, Option<DirectoryInfo> option) =>
        new DataFolder(parsed.GetValue(option)!.FullName).Create();
}
