using System.CommandLine;
using GraphRisk.Cli.Composition;
using GraphRisk.Server.Http;

namespace GraphRisk.Cli.Commands;

/// <summary>The options of commands that serve which say what documents may be asked for by their hash, and whether others are answered.</summary>
internal sealed class TrustedOptions
{
    private const string Documents = "GRAPHRISK_TRUSTED_DOCUMENTS";

    private readonly Option<string?> documents = new("--trusted-documents")
    {
        Description = $"Folder of .graphql files, or a manifest, that may be asked for by SHA-256. ({Documents})", HelpName = "PATH",
    };

    private readonly Option<bool> only = new("--only-trusted") { Description = "Answer no other documents; the explorer, which asks for the schema, then shows none." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(documents);
        command.Add(only);
    }

    /// <summary>How to run a server, with its documents.</summary>
    /// <exception cref="UserErrorException">They can't be read, or none are named where only they are answered.</exception>
    public ServerOptions Read(ParseResult parsed, Host from, ServerOptions standard)
    {
        var path = parsed.GetValue(documents) ?? (from.Variable(Documents) is { Length: > 0 } text ? text : null);
        if (path is null) return parsed.GetValue(only) ? throw new UserErrorException("--only-trusted needs --trusted-documents.") : standard;
        try
        {
            return standard with { Trusted = TrustedDocuments.Read(path, standard.Limits), OnlyTrusted = parsed.GetValue(only) };
        }
        catch (InvalidDataException fault)
        {
            throw new UserErrorException(fault.Message);
        }
    }
}
