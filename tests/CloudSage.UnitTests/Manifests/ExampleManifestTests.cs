using CloudSage.Plugins;

namespace CloudSage.UnitTests.Manifests;

/// <summary>The manifests that authors were shown pass as they stand.</summary>
public sealed class ExampleManifestTests
{
    private const string Required = "name: example\nversion: 1.0.0\nentry_point: Example.dll\n";

    [Test]
    public void The_smallest_python_manifest_is_read()
    {
        var manifest = Reading.Good("""
            name: ec2-rightsizer
            version: 1.0.0
            entry_point: optimizer.py
            type: optimizer
            cloud: aws
            resource_types:
              - ec2
            permissions:
              - ReadInstanceMetrics
            """);

        manifest.Name.Should().Be("ec2-rightsizer");
        manifest.Version.Should().Be("1.0.0");
        manifest.EntryPoint.Should().Be("optimizer.py");
        manifest.Type.Should().Be(PluginType.Optimizer);
        manifest.Language.Should().Be("python");
        manifest.Cloud.Should().Be("aws");
        manifest.ResourceTypes.Should().Equal("ec2");
        manifest.Permissions.Should().ContainSingle().Which.Name.Should().Be("ReadInstanceMetrics");
    }

    [Test]
    public void A_cloud_adapter_names_its_target()
    {
        var manifest = Reading.Good(Required + "type: cloud-adapter\ntarget: alibaba-cloud\n");

        manifest.Type.Should().Be(PluginType.CloudAdapter);
        manifest.Target.Should().Be("alibaba-cloud");
        manifest.Language.Should().Be("dotnet");
    }

    [Test]
    public void An_optimizer_names_one_resource_type_with_a_hyphen_and_in_the_singular()
        => Reading.Good(Required + "type: optimizer\nresource-type: compute\n").ResourceTypes.Should().Equal("compute");

    [Test]
    public void A_notifier_names_its_channels()
    {
        var manifest = Reading.Good(Required + "type: notifier\nchannels: [slack, teams]\n");

        manifest.Type.Should().Be(PluginType.Notifier);
        manifest.Channels.Should().Equal("slack", "teams");
    }

    [Test]
    public void An_integration_names_its_system()
    {
        var manifest = Reading.Good(Required + "type: integration\nsystem: service-now\n");

        manifest.Type.Should().Be(PluginType.Integration);
        manifest.System.Should().Be("service-now");
    }
}
