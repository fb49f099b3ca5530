using System.CommandLine;
using GraphRisk.Cli.Backups;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.CreditReviews;
using GraphRisk.Cli.Daily;
using GraphRisk.Cli.Decisions;
using GraphRisk.Cli.Exit;
using GraphRisk.Cli.Operations;
using GraphRisk.Cli.Output;
using GraphRisk.Cli.Recovery;
using GraphRisk.Cli.Scores;
using GraphRisk.Cli.Warnings;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Scoring.Evaluation;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Training.Leaks;
using GraphRisk.Server.Hosting;

namespace GraphRisk.Cli;

/// <summary>The <c>graphrisk</c> command with all below it.</summary>
internal static class CommandLine
{
    /// <summary>How long a command that is told to end (SIGTERM, SIGINT) may finish what it has begun; a server its answers.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(60);

    /// <summary>Runs one command line and gives its exit code; what a user can mend is told in one line, without a stack trace.</summary>
    public static async Task<int> RunAsync(string[] args, Host host, CancellationToken cancellation = default)
    {
        // An argument that begins with @ is the program's to read, as --variables @FILE is: no response files.
        var parsed = Build(host).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var configuration = new InvocationConfiguration
        {
            Output = host.Out,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = LongestEnd,
        };
        try
        {
            if (parsed.Errors.Count > 0 && parsed.Action is not ExampleHelp)
            {
                await parsed.InvokeAsync(configuration, cancellation);
                return ExitCode.Usage;
            }

            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (Exception error) when (Told(error) is { } end)
        {
            await host.Error.WriteLineAsync(end.Line);
            return end.Code;
        }
    }

    /// <summary>The line and the exit code with which a command ends by what its user can mend, or by being told to; null for a fault of the program.</summary>
    public static (string Line, int Code)? Told(Exception error) => error switch
    {
        StoreUnavailableException => ($"graphrisk: {error.Message}", ExitCode.StoreUnavailable),
        OperationCanceledException => ("graphrisk: interrupted; what was committed stays, run the command again to go on.", ExitCode.Failed),
        _ when IsUsersToMend(error) => ($"graphrisk: {DiskFault.Told(error)}", ExitCode.Failed),
        _ => null,
    };

    private static RootCommand Build(Host host)
    {
        var root = new RootCommand("Contagion-aware credit risk of securities financing over a knowledge graph.");
        foreach (var command in Commands(host)) root.Add(command);
        ExampleHelp.Install(root);
        return root;
    }

    private static IEnumerable<Command> Commands(Host host) =>
    [
        DemoCommand.Build(host),
        InitCommand.Build(host),
        GenerateCommand.Build(host),
        ImportCommand.Build(host),
        ResolveCommand.Build(host),
        LinkageCommand.Build(host),
        ReviewCommand.Build(host),
        ScoreCommand.Build(host),
        DossierCommand.Build(host),
        DayCommand.Build(host),
        ApplicationCommand.Build(host),
        ComplaintCommand.Build(host),
        CasesCommand.Build(host),
        WarningsCommand.Build(host),
        ReviewsCommand.Build(host),
        CallsCommand.Build(host),
        DefaultCommand.Build(host),
        FreezeCommand.Build(host),
        AssetsCommand.Build(host),
        OwnershipCommand.Build(host),
        ContagionCommand.Build(host),
        StressCommand.Build(host),
        FinBenchCommand.Build(host),
        ModelCommand.Build(host),
        MarketReportCommand.Build(host),
        InspectCommand.Build(host),
        PublishCommand.Build(host),
        StatisticsCommand.Build(host),
        ServeCommand.Build(host),
        ConfigCommand.Build(host),
        QueryCommand.Build(host),
        SchemaCommand.Build(host),
        TokenCommand.Build(host),
        AccessCommand.Build(host),
        NamesCommand.Build(host),
        ScreenCommand.Build(host),
        QuarantineCommand.Build(host),
        MappingCommand.Build(host),
        StoreCommand.Build(host),
        BackupCommand.Build(host),
        RestoreCommand.Build(host),
        DrillCommand.Build(host),
        ExportCommand.Build(host),
        EraseCommand.Build(host),
        AuditCommand.Build(host),
    ];

    private static bool IsUsersToMend(Exception error) => error
        is IOException or UnauthorizedAccessException or InvalidDataException or FormatException
        or KeyNotFoundException or SchemaException or MappingException or ModelException or InvalidFactException
        or HostingException or EvaluationException or LeakException or UserErrorException;
}
