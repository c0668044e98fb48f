# Every target works from a fresh checkout and again at any time: it finds out what is missing and does only that.
# Variables: KUBECONFIG (a cluster of yours; asks first, YES=1 answers), PORT (of the web address, default 30080; the two after it are taken as well),
# IMAGE_REGISTRY (where a cluster that is neither kind nor ours pulls from), FLAVOR (of the chat's image: jvm, or native with a GraalVM in
# GRAALVM_HOME or a container engine), BENCH (of the benchmark's workloads; BENCH=help names them).
DEV := tests-e2e/cluster/dev
.DEFAULT_GOAL := help
.PHONY: help up down test test-chat bench bench-operator histories images url token iam-policy kubeconfig status logs format test-cluster
export YES PORT IMAGE_REGISTRY FLAVOR

help: ## Says what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16
	@sed -n '2,4s/^# /\n/p' $(firstword $(MAKEFILE_LIST)) | grep .

up: ## Builds everything and brings up a running chat
	@$(DEV) up

down: ## Removes the development cluster without a trace
	@$(DEV) down

test: ## Builds, and runs the guards, the tests of the modules and the cluster tests
	@$(DEV) test

test-chat: ## Brings up a cluster with the chat and runs the cluster tests on it
	@$(DEV) test-chat

bench: ## Measures the chat beside other servers: make bench [BENCH="room rooms"]
	@$(DEV) bench $(BENCH)

bench-operator: ## Measures the operator with 1,000 ChatClusters on an API server of its own, ten minutes or so
	@$(DEV) bench-operator

histories: ## Tries 10,000 random histories of sends, losses and reconnects against a model: make histories [COUNT=10000] [SEED=20261124]
	@$(DEV) histories "$(COUNT)" "$(SEED)"

images: ## Builds the container images and says where their archives are
	@$(DEV) images

url: ## Prints the web address of the sample chat
	@$(DEV) url

token: ## Prints a token: make -s token USER=alice [SCOPE=chat:admin] [TTL=12h] [CLUSTER=demo] [NAMESPACE=default]
	@$(DEV) token "$(if $(findstring command line,$(origin USER)),$(USER))" "$(SCOPE)" "$(TTL)" "$(CLUSTER)" "$(NAMESPACE)"

iam-policy: ## Prints the AWS permissions that are needed: make -s iam-policy ROLE=chat|operator CLUSTER=demo NAMESPACE=default [BUCKET=name]
	@$(DEV) iam-policy "$(ROLE)" "$(CLUSTER)" "$(NAMESPACE)" "$(BUCKET)"

kubeconfig: ## Prints the path of the development cluster's kubeconfig
	@$(DEV) kubeconfig

status: ## Says what runs: the cluster's components, the pods, the sample chat
	@$(DEV) status

logs: ## Follows the operator's and the sample chat's logs
	@$(DEV) logs

format: ## Formats the sources
	@$(DEV) format

test-cluster: ## Proves that the built-in cluster survives kill -9 and goes without a trace (removes the one that is there)
	@tests-e2e/cluster/cluster-test
