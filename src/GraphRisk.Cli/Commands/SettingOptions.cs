using System.CommandLine;
using GraphRisk.Cli.Composition;

namespace GraphRisk.Cli.Commands;

/// <summary>Options of a command made of settings, of which secrets have none.</summary>
internal sealed class SettingOptions
{
    private readonly (Setting Setting, Option Option)[] options;
    private readonly Option<FileInfo?> config = new("--config") { Description = $"Configuration file, JSON; {SettingValues.FileName} of the data folder where absent. ({SettingValues.FileVariable})", HelpName = "FILE" };

    /// <param name="settings">The settings.</param>
    public SettingOptions(params IEnumerable<Setting> settings) => options = [.. settings.Where(setting => setting.Option is not null).Select(setting => (setting, OptionOf(setting)))];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var (_, option) in options) command.Add(option);
        command.Add(config);
    }

    /// <summary>The values of all settings.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="from">The environment.</param>
    /// <param name="dataFolder">The data folder.</param>
    /// <exception cref="UserErrorException">One cannot be understood.</exception>
    public SettingValues Read(ParseResult parsed, Host from, DirectoryInfo dataFolder) =>
        SettingValues.Read(from.Variable, dataFolder.FullName, parsed.GetValue(config)?.FullName, options.Select(one => (one.Setting, Typed(parsed, one.Option))).Where(one => one.Item2.Length > 0));

    private static string[] Typed(ParseResult parsed, Option option) =>
        parsed.GetResult(option) is not { Implicit: false } result ? []
        : result.Tokens.Count == 0 ? ["true"]
        : [.. result.Tokens.Select(token => token.Value)];

    private static Option OptionOf(Setting setting)
    {
        var description = setting.Help
            + (setting.Variable is null ? "" : $" ({setting.Variable})")
            + (setting.Standard is null ? "" : $" [default: {setting.Standard}]");
        return setting.Kind switch
        {
            SettingKind.Switch => new Option<bool>(setting.Option!) { Description = description },
            SettingKind.List => new Option<string[]>(setting.Option!) { Description = description, HelpName = setting.HelpName, AllowMultipleArgumentsPerToken = false },
            _ => new Option<string?>(setting.Option!) { Description = description, HelpName = setting.HelpName },
        };
    }
}
