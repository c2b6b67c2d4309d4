namespace CloudSage.IntegrationTests.Permissions;

/// <summary>A plugin that publishes an alert when it is asked, and the host's side of it.</summary>
internal sealed class RecordedPublisher(string name)
{
    public PluginSource Source { get; } = new(name)
    {
        Parameters = "IAlertPublisher alerts",
        Manifest = "permissions: [AlertManagement]",
        Execute = """
            await alerts.PublishAsync(new Alert { AlertId = "1", Type = AlertType.Custom, Severity = AlertSeverity.Info, DedupKey = "d", Title = "t", OccurredAt = DateTimeOffset.UnixEpoch, Plugin = "somebody-else" }, cancellationToken);
            return new CommandResult(true, "published");
            """,
    };

    public RecordedAlerts Alerts { get; } = new();
}
